import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { OptionProblems } from "../../health/option-problems.ts";
import type { AddressSource } from "../../inbound/address-evidence.ts";

/** The state of the app that all pages show. It contains no secrets. Times are in milliseconds since 1970. */
export interface AppState {
  readonly appVersion: string;
  readonly startedAt: number;
  readonly homeAssistant: {
    readonly connected: boolean;
    /** Null until the first connection. */
    readonly version: string | null;
    /** BCP 47, such as `de` or `en-GB`. */
    readonly language: string;
    /** IANA name, such as `Europe/Berlin`. */
    readonly timeZone: string;
  };
  /** Without its middle part. */
  readonly accountSid: string;
  /** The address at which Twilio reaches the app; null until it is known. */
  readonly publicAddress: { readonly base: string; readonly source: AddressSource } | null;
  /** All addresses at which Twilio reaches the app: the public address, and the relay's beside it. */
  readonly bases: readonly string[];
  /** When the last webhook with a valid signature came, also before this start; null for never. */
  readonly lastSignedAt: number | null;
  /** The numbers of events that wait for Home Assistant and of requests that wait for Twilio. */
  readonly waiting: { readonly events: number; readonly commands: number };
  readonly optionProblems: OptionProblems;
  /** The page of the app's configuration in Home Assistant, without a host; null without Supervisor. */
  readonly configurationPath: string | null;
}

/** What the routes of all pages need. */
export interface PageContext {
  /** Reads the current state. */
  readonly appState: () => AppState;
  /** Every form or script that changes something has to send this token. See `guardChanges`. */
  readonly changeToken: string;
  readonly clock: Clock;
  readonly chance: Chance;
}
