import type { Context } from "hono";

import type { AlarmSummary } from "../../alarms/summarize-alarm.ts";
import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { OptionProblems } from "../../health/option-problems.ts";
import type { AddressSource } from "../../inbound/address-evidence.ts";

/**
 * The state of the app that all pages show. Contains no secrets of the account. Times are in milliseconds since 1970.
 */
export interface AppState {
  readonly appVersion: string;
  /** The language of the page, as a BCP 47 tag. */
  readonly language: string;
  /** The token that every form or script must send to change something, see `guardChanges`. */
  readonly changeToken: string;
  readonly startedAt: number;
  readonly homeAssistant: {
    readonly connected: boolean;
    /** Home Assistant's version; null until the app has connected once. */
    readonly version: string | null;
    /** The language that is set in Home Assistant, as a BCP 47 tag such as `de` or `en-GB`. */
    readonly language: string;
    /** The IANA name of Home Assistant's time zone, such as `Europe/Berlin`. */
    readonly timeZone: string;
  };
  /** The account's SID without its middle part. */
  readonly accountSid: string;
  /** Whether Home Assistant shows the panel within its own pages, through ingress. */
  readonly isInHomeAssistant: boolean;
  /** The public address at which Twilio reaches the app, and where it comes from; null if it is unknown. */
  readonly publicAddress: { readonly base: string; readonly source: AddressSource } | null;
  /** All URLs below which Twilio reaches the app: the public address, and the webhook relay's if the app has one. */
  readonly bases: readonly string[];
  /** When the last webhook with a valid signature came, perhaps before this start; null if none has come. */
  readonly lastSignedAt: number | null;
  /** The alarms in progress, oldest first. */
  readonly alarms: readonly AlarmSummary[];
  /** The number of received messages and missed calls that the user has not opened. */
  readonly unread: number;
  /**
   * The revision of the data that pages show, at the time of the page's request. When the page connects for live
   * updates, it sends the revision, so that the app knows whether the page has missed a change.
   */
  readonly revision: string;
  /** When this state was read, in milliseconds since 1970. */
  readonly now: number;
  /** How many events wait for Home Assistant, and how many requests of automations have no result yet. */
  readonly waiting: { readonly events: number; readonly commands: number };
  readonly optionProblems: OptionProblems;
  /** The path of the app's configuration page in Home Assistant; null without Supervisor. */
  readonly configurationPath: string | null;
}

/** The part of the state that the app reads for a page. `createPages` adds the other fields for each HTTP request. */
export type ReadState = Omit<AppState, "language" | "changeToken" | "revision">;

/** The data and functions that the routes of all pages use. */
export interface PageContext {
  /** Reads the present state of the app, for a page in the language of this request. */
  readonly appState: (request: Context) => AppState;
  /** The token that every form or script must send to change something, see `guardChanges`. */
  readonly changeToken: string;
  readonly clock: Clock;
  readonly chance: Chance;
}
