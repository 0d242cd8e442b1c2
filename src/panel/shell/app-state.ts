import type { Context } from "hono";

import type { AlarmSummary } from "../../alarms/summarize-alarm.ts";
import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { OptionProblems } from "../../health/option-problems.ts";
import type { AddressSource } from "../../inbound/address-evidence.ts";

/** The state of the app that all pages show. It contains no secrets of the account. Times are in milliseconds since 1970. */
export interface AppState {
  readonly appVersion: string;
  /** The language of the page, BCP 47. */
  readonly language: string;
  /** Every form or script that changes something has to send this token. See `guardChanges`. */
  readonly changeToken: string;
  readonly startedAt: number;
  readonly homeAssistant: {
    readonly connected: boolean;
    /** Home Assistant's version; null until the first connection. */
    readonly version: string | null;
    /** Home Assistant's language, BCP 47, such as `de` or `en-GB`. */
    readonly language: string;
    /** The IANA name of the time zone, such as `Europe/Berlin`. */
    readonly timeZone: string;
  };
  /** The account's SID without its middle part. */
  readonly accountSid: string;
  /** Whether Home Assistant shows the panel in its own pages, through ingress. */
  readonly isInHomeAssistant: boolean;
  /** The address at which Twilio reaches the app; null until it is known. */
  readonly publicAddress: { readonly base: string; readonly source: AddressSource } | null;
  /** All addresses at which Twilio reaches the app: the public address, and the relay's beside it. */
  readonly bases: readonly string[];
  /** When the last webhook with a valid signature came, also before this start; null for never. */
  readonly lastSignedAt: number | null;
  /** The alarms in progress, oldest first. */
  readonly alarms: readonly AlarmSummary[];
  /** How many received messages and missed calls nobody has seen. */
  readonly unread: number;
  /** When this state was read, in milliseconds since 1970. */
  readonly now: number;
  /** The numbers of events that wait for Home Assistant and of requests that wait for Twilio. */
  readonly waiting: { readonly events: number; readonly commands: number };
  readonly optionProblems: OptionProblems;
  /** The page of the app's configuration in Home Assistant, without a host; null without Supervisor. */
  readonly configurationPath: string | null;
}

/** What the routes of all pages need. */
export interface PageContext {
  /** Reads the current state, for a page in the language of this request. */
  readonly appState: (request: Context) => AppState;
  /** Every form or script that changes something has to send this token. See `guardChanges`. */
  readonly changeToken: string;
  readonly clock: Clock;
  readonly chance: Chance;
}
