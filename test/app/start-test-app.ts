import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startApp } from "../../src/app/app.ts";
import type { App } from "../../src/app/app.ts";
import { createAppLogger } from "../../src/app/process/app-logger.ts";
import type { AppSettings } from "../../src/app/process/settings.ts";
import { SYSTEM_CLOCK } from "../../src/app/system/clock.ts";
import type { Timings } from "../../src/home-assistant/connection/timings.ts";
import { parseOptions } from "../../src/options/parse-options.ts";
import { PATIENCE_MS } from "../patience.ts";
import { freePort } from "../sockets/free-port.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import { accountOptions } from "../twilio-simulator/account-options.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { useDataFolder } from "./use-data-folder.ts";

export const PUBLIC_URL = "https://home.example";
/** Shorter pauses for tests, but longer timeouts, because the machine may be busy. */
const TIMINGS: Partial<Timings> = {
  handshakeMs: PATIENCE_MS,
  authMs: PATIENCE_MS,
  pongMs: PATIENCE_MS,
  runningPollMs: 20,
  retryMs: 20,
  maxRetryMs: 200,
};

export interface TestApp extends AsyncDisposable {
  readonly port: number;
  /** Null without `settings.panel`. */
  readonly panelPort: number | null;
  /** The URL at which the app really receives webhooks. */
  readonly webhook: string;
  /** The app's log lines, at level debug. */
  readonly lines: readonly string[];
  readonly directory: string;
  /** Stops the app and starts it again with the same data and port. `meanwhile` runs in between. */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
}

export interface TestAppOptions {
  readonly twilio: TwilioSimulator;
  readonly homeAssistant: { readonly url: string; readonly token: string };
  /** Options beside the credentials and `public_url`. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Partial<AppSettings>;
  /**
   * Whether the app starts with an empty folder. If not, the folder was used before, and the app does not verify
   * ages.
   */
  readonly isFirstStart?: boolean;
  /** False if the account's numbers do not have the app's URLs. */
  readonly hasWebhooks?: boolean;
}

/**
 * Starts the app in this process, with a free port and a temporary folder. The simulator's numbers get its webhook
 * URLs.
 */
export async function startTestApp({
  twilio,
  homeAssistant,
  options = {},
  settings = {},
  isFirstStart = false,
  hasWebhooks = true,
}: TestAppOptions): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), "twilio-app-"));
  if (!isFirstStart) useDataFolder(dataDir);
  const lines: string[] = [];
  const parsed = parseOptions({
    ...accountOptions(twilio),
    public_url: PUBLIC_URL,
    log_level: "debug",
    // Calls do not wait for a first step, unless a test sets this option.
    incoming_calls: { wait_seconds: 0, otherwise: "reject" },
    ...options,
  });
  if (!parsed.ok) throw new Error(parsed.faults.join("\n"));
  const secrets = [twilio.authToken, homeAssistant.token];
  const logger = createAppLogger(SYSTEM_CLOCK, {
    level: "debug",
    write: (line) => void lines.push(line),
    secrets,
  });
  for (const warning of parsed.warnings) logger.warning(warning);
  const start = (webhookPort: number): Promise<App> =>
    startApp({
      options: parsed.options,
      secrets: parsed.secrets,
      homeAssistant,
      dataDir,
      addonDir: join(import.meta.dirname, "../../addon"),
      webhookPort,
      listenHost: "127.0.0.1",
      ...SYSTEM_PARTS,
      logger,
      timings: TIMINGS,
      lookUpAfterMs: [0, 20, 50],
      askStatusAfterMs: [200],
      backfillHoldMs: 50,
      ...settings,
    });

  // The app uses the same port again after a restart, so no other program may get it meanwhile.
  let app = await start(await freePort());
  const port = app.webhookPort;
  const webhook = `http://127.0.0.1:${port}/webhook`;
  const hook = { url: `${PUBLIC_URL}/webhook`, deliverTo: webhook };
  if (hasWebhooks) twilio.setWebhooks({ sms: hook, voice: hook });
  twilio.routeCallbacks(PUBLIC_URL, `http://127.0.0.1:${port}`);
  return {
    port,
    webhook,
    lines,
    directory: dataDir,
    get panelPort() {
      return app.panelPort;
    },
    async restart(meanwhile) {
      await app[Symbol.asyncDispose]();
      await meanwhile?.();
      app = await start(port);
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true });
    },
  };
}
