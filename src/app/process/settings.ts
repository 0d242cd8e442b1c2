import manifest from "../../../package.json" with { type: "json" };
import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Transport } from "../../domain/transport.ts";
import type { Timings } from "../../home-assistant/connection/timings.ts";
import type { Options, Secrets } from "../../options/options.ts";
import type { PanelSettings } from "../panel.ts";

/** All that an app is started with. */
export interface AppSettings {
  readonly options: Options;
  readonly secrets: Secrets;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly dataDir: string;
  /** What the app brings into Home Assistant. */
  readonly addonDir: string;
  readonly webhookPort: number;
  /** Of Node, such as `24.21.0`, for people. */
  readonly nodeVersion?: string;
  readonly listenHost: string;
  /** None without. */
  readonly panel?: PanelSettings;
  /** How many files and sockets the process may have open, if it is not to be asked for. */
  readonly descriptors?: number;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly transport: Transport;
  /** Shortened by tests. */
  readonly timings?: Partial<Timings>;
  /** How long after a doubt, and after one another, Twilio is asked; shortened by tests. */
  readonly lookUpAfterMs?: readonly number[];
  /** How long Twilio is not asked how far something is; shortened by tests. */
  readonly askStatusAfterMs?: readonly number[];
  /** How long after a recorded call Twilio is asked for the recording, each time; shortened by tests. */
  readonly lookForRecordingMs?: readonly number[];
  /** How long after its start the app waits for webhooks that are on their way; shortened by tests. */
  readonly backfillHoldMs?: number;
  /** How soon a script that could not be replaced is looked at again; shortened by tests. */
  readonly scriptsLookAgainMs?: number;
  /** How long after its start the app looks at the account; shortened by tests. */
  readonly calmAfterMs?: number;
  /** Takes the place of all of Twilio's hosts, in tests. */
  readonly twilioStandIn?: string | undefined;
}

export const APP_VERSION: string = manifest.version;
