import manifest from "../../../package.json" with { type: "json" };
import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Transport } from "../../domain/transport.ts";
import type { OptionProblems } from "../../health/option-problems.ts";
import type { Timings } from "../../home-assistant/connection/timings.ts";
import type { Options, Secrets } from "../../options/options.ts";
import type { PanelSettings } from "../panel.ts";

/** Everything that the app needs to start. */
export interface AppSettings {
  readonly options: Options;
  readonly secrets: Secrets;
  /** Undefined if all options are valid. */
  readonly optionProblems?: OptionProblems;
  /** The page of the app's configuration in Home Assistant, without a host. Undefined or null without Supervisor. */
  readonly configurationPath?: string | null;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly dataDir: string;
  /** The folder with the scripts and blueprints for Home Assistant. */
  readonly addonDir: string;
  readonly webhookPort: number;
  /** Node's version, such as `24.21.0`. */
  readonly nodeVersion?: string;
  readonly listenHost: string;
  /** Undefined for no panel. */
  readonly panel?: PanelSettings;
  /** The greatest number of open files and sockets. If undefined, the limit of the process is read. */
  readonly descriptors?: number;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly transport: Transport;
  /** Tests set shorter times. */
  readonly timings?: Partial<Timings>;
  /** When a possibly sent message or call is looked up at Twilio, in milliseconds. Tests set shorter times. */
  readonly lookUpAfterMs?: readonly number[];
  /** When Twilio is asked for a status that has not been reported, in milliseconds. Tests set shorter times. */
  readonly askStatusAfterMs?: readonly number[];
  /** When Twilio is asked for a recording after a call, in milliseconds. Tests set shorter times. */
  readonly lookForRecordingMs?: readonly number[];
  /** How long the app waits for delayed webhooks before a backfill, in milliseconds. Tests set a shorter time. */
  readonly backfillHoldMs?: number;
  /** When replacing a script is tried again, in milliseconds. Tests set a shorter time. */
  readonly scriptsLookAgainMs?: number;
  /** When the account is first checked after the start, in milliseconds. Tests set a shorter time. */
  readonly calmAfterMs?: number;
  /** Tests set a URL that replaces all of Twilio's hosts. */
  readonly twilioStandIn?: string | undefined;
}

export const APP_VERSION: string = manifest.version;
