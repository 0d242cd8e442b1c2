import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, vi } from "vitest";

import type { AppProcess } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../../app/start-built-app.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { freePort } from "../../sockets/free-port.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";
import { mountSmallDisk } from "./small-disk.ts";
import type { SmallDisk, SmallDiskOptions } from "./small-disk.ts";

export interface DiskHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly disk: SmallDisk;
  /** The data folder on the small disk, which the app creates. */
  readonly dataDir: string;
  /** Starts a process with the same folder and ports. The earlier process must have ended. */
  start(): Promise<AppProcess>;
  /** The log lines since the last start. */
  readonly lines: readonly string[];
  message(body: string): Record<string, string>;
  /** Posts a webhook. Resolves to the HTTP status of the answer. */
  post(parameters: Readonly<Record<string, string>>): Promise<number>;
  /** The HTTP status of a path on the port for webhooks or for the panel; 0 while the app does not listen. */
  status(path: string, port?: "webhooks" | "panel"): Promise<number>;
  /** Fetches the panel's start page. */
  page(language: string): Promise<{ readonly status: number; readonly html: string }>;
  until(status: 200 | 503): Promise<void>;
}

/** Starts a fake Home Assistant and a simulated Twilio, for an app with its data folder on a small disk. */
export async function startDiskHouse(options: SmallDiskOptions): Promise<DiskHouse> {
  await using undo = new AsyncDisposableStack();
  const disk = undo.use(await mountSmallDisk(options));
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const directory = await mkdtemp(join(tmpdir(), "disk-house-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const [webhookPort, panelPort] = [await freePort(), await freePort()];
  const origin = (port: "webhooks" | "panel"): string =>
    `http://127.0.0.1:${port === "panel" ? panelPort : webhookPort}`;
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin("webhooks")}/webhook` };
  const dataDir = join(disk.directory, "data");
  let lines: string[] = [];
  const status: DiskHouse["status"] = (path, port = "webhooks") =>
    fetch(origin(port) + path).then(
      (response) => response.status,
      () => 0,
    );
  const resources = undo.move();
  return {
    home,
    disk,
    dataDir,
    get lines() {
      return lines;
    },
    async start() {
      const own: string[] = [];
      lines = own;
      return resources.use(
        await startBuiltApp({
          options: {
            ...accountOptions(twilio),
            public_url: PUBLIC_URL,
            default_sender: OURS,
            log_level: "debug",
          },
          homeAssistant: home,
          directory,
          port: webhookPort,
          onLine: (line) => void own.push(line),
          environment: { DATA_DIR: dataDir, PANEL_PORT: String(panelPort) },
        }),
      );
    },
    message: (body) => messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body }),
    post: async (parameters) => (await sendWebhook(twilio.authToken, target, parameters)).status,
    status,
    async page(language) {
      const response = await fetch(`${origin("panel")}/`, { headers: { "Accept-Language": language } });
      return { status: response.status, html: await response.text() };
    },
    until: (wanted) =>
      vi.waitFor(async () => expect(await status("/health")).toBe(wanted), { timeout: 30_000, interval: 20 }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
