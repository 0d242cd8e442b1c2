import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { AppProcess } from "../../../demo/start-app-process.ts";
import { startBuiltApp } from "../../app/start-built-app.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { PUBLIC_URL } from "../../app/start-test-app.ts";
import type { Behaviour } from "../../home-assistant/fake/behaviour.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { freePort } from "../../sockets/free-port.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import type { WebhookAnswer } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";

export interface ProcessHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly app: AppProcess;
  /** The app's data folder. */
  readonly directory: string;
  /** The parameters of a message to the app, with a new SID. */
  message(body: string): Record<string, string>;
  post(parameters: Readonly<Record<string, string>>): Promise<WebhookAnswer>;
  /** The HTTP status of `/health`. */
  health(): Promise<number>;
}

/**
 * Starts the app as a process, with a fake Home Assistant and a simulated Twilio. The file `preload` is loaded before
 * the app.
 */
export async function startProcessHouse(preload: URL, behaviour: Behaviour = {}): Promise<ProcessHouse> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant(behaviour));
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const directory = await mkdtemp(join(tmpdir(), "twilio-process-"));
  undo.defer(() => rm(directory, { recursive: true }));
  const app = undo.use(
    await startBuiltApp({
      options: {
        ...accountOptions(twilio),
        public_url: PUBLIC_URL,
        default_sender: OURS,
      },
      homeAssistant: home,
      directory,
      // The port is fixed, so that it stays the same when the app restarts within its process.
      port: await freePort(),
      onLine: () => {},
      nodeArguments: ["--import", preload.pathname],
    }),
  );
  const line = await app.logged(/Listening for Twilio on port/);
  await app.logged(/Connected to Home Assistant/);
  const origin = `http://127.0.0.1:${/port (\d+)/.exec(line)?.[1]}`;
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin}/webhook` };
  const resources = undo.move();
  return {
    home,
    twilio,
    app,
    directory,
    message: (body) => messageParameters({ accountSid: twilio.accountSid, from: THEIRS, to: OURS, body }),
    post: (parameters) => sendWebhook(twilio.authToken, target, parameters),
    health: async () => (await fetch(`${origin}/health`)).status,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
