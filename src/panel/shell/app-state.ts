import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { AddressSource } from "../../inbound/address-evidence.ts";

/** What the panel shows, as it is at the moment. Nothing in it is secret. Times are milliseconds since 1970. */
export interface AppState {
  readonly appVersion: string;
  readonly startedAt: number;
  readonly homeAssistant: {
    readonly connected: boolean;
    /** Null until it was first seen running. */
    readonly version: string | null;
    /** BCP 47, such as `de` or `en-GB`. */
    readonly language: string;
    /** IANA name, such as `Europe/Berlin`. */
    readonly timeZone: string;
  };
  /** Its middle left out. */
  readonly accountSid: string;
  /** Where Twilio reaches the app; null until it is known. */
  readonly publicAddress: { readonly base: string; readonly source: AddressSource } | null;
  /** When the last webhook with a valid signature came, before this start, too; null if none ever did. */
  readonly lastSignedAt: number | null;
  /** What has not got through yet: events to Home Assistant, commands to Twilio. */
  readonly waiting: { readonly events: number; readonly commands: number };
}

/** What every page needs. */
export interface PageContext {
  /** What is so at the moment of the call. */
  readonly appState: () => AppState;
  /** What a form or script that changes something has to carry. */
  readonly changeToken: string;
  readonly clock: Clock;
  readonly chance: Chance;
}
