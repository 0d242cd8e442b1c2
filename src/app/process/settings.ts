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
  /** The problems of options that are not valid. Empty or undefined if all options are valid. */
  readonly optionProblems?: OptionProblems;
  /**
   * The path of the page in Home Assistant on which the user configures this app. Undefined or null without Supervisor.
   */
  readonly configurationPath?: string | null;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly dataDir: string;
  /** The folder with the scripts and blueprints that the app installs in Home Assistant. */
  readonly addonDir: string;
  readonly webhookPort: number;
  /** The version of Node, such as `24.21.0`. */
  readonly nodeVersion?: string;
  readonly listenHost: string;
  /** The settings of the panel (the app's page). Undefined if the app has no panel. */
  readonly panel?: PanelSettings;
  /** The highest number of open files and sockets. If it is undefined, the app reads the limit of the process. */
  readonly descriptors?: number;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly transport: Transport;
  /** The timeouts and pauses of the connection to Home Assistant. Tests shorten them. */
  readonly timings?: Partial<Timings>;
  /**
   * The pauses before the app looks up at Twilio whether a message or call was sent, in milliseconds. Tests shorten
   * them.
   */
  readonly lookUpAfterMs?: readonly number[];
  /**
   * The pauses before the app asks Twilio for a status that no webhook has reported, in milliseconds. Tests shorten
   * them.
   */
  readonly askStatusAfterMs?: readonly number[];
  /** The pauses before the app asks Twilio for the recording of an ended call, in milliseconds. Tests shorten them. */
  readonly lookForRecordingMs?: readonly number[];
  /**
   * How long a backfill (which fetches missed messages and calls) waits for delayed webhooks, in milliseconds. Tests
   * shorten it.
   */
  readonly backfillHoldMs?: number;
  /** The pause before the app tries again to install scripts in Home Assistant, in milliseconds. Tests shorten it. */
  readonly scriptsLookAgainMs?: number;
  /**
   * The pause between the start of Home Assistant and the first check of the Twilio account, in milliseconds. Tests
   * shorten it.
   */
  readonly calmAfterMs?: number;
  /** A URL that replaces all of Twilio's hosts, in tests and in the demo. */
  readonly twilioStandIn?: string | undefined;
}

export const APP_VERSION: string = manifest.version;
