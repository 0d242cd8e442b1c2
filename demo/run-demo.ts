import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { startTwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import { MY_NUMBER, TWILIO_NUMBER } from "./numbers.ts";
import { realTwilioOptions } from "./real-twilio-options.ts";
import { startAppProcess } from "./start-app-process.ts";
import { startHouse } from "./start-house.ts";
import { walk } from "./walk.ts";

export interface DemoOptions {
  readonly directory: string;
  /** Ends after the walk instead of staying up. */
  readonly once: boolean;
  /** Talks to Twilio itself, with credentials from the environment. */
  readonly realTwilio: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly stopped: AbortSignal;
}

/** What Twilio would call in a real house; here the simulator signs for it and delivers to the app's port. */
const PUBLIC_URL = "https://demo.example";

const NOTIFIERS = [
  { name: "twilio_sms", type: "sms" },
  { name: "twilio_call", type: "call" },
];

/** A house, a telephone and the app between them. Everything it starts is stopped when it returns. */
export async function runDemo({
  directory,
  once: ends,
  realTwilio,
  env,
  say,
  stopped,
}: DemoOptions): Promise<void> {
  await using undo = new AsyncDisposableStack();
  say("Twilio for Home Assistant: the demo");
  say(
    "The first start fetches a whole Home Assistant and takes a few minutes; the next ones take seconds.\n",
  );
  const house = undo.use(await startHouse((line) => say(`  ${line}`), env["CI"] === "true"));
  const port = await freePort();
  const twilio = realTwilio ? null : undo.use(await startTwilioSimulator({ numbers: [TWILIO_NUMBER] }));
  const account =
    twilio === null
      ? realTwilioOptions(env)
      : {
          account_sid: twilio.accountSid,
          auth_token: twilio.authToken,
          api_base_url: twilio.url,
          public_url: PUBLIC_URL,
          from_number: TWILIO_NUMBER,
        };
  const { from_number, ...options } = account;
  const app = undo.use(
    await startAppProcess({
      options: { ...options, notifiers: NOTIFIERS.map((notifier) => ({ ...notifier, from_number })) },
      homeAssistant: house,
      directory,
      port,
      onLine: (line) => say(`  app | ${line}`),
    }),
  );
  await app.logged(/Connected to Home Assistant/, 60_000);

  const webhook = `http://127.0.0.1:${port}/webhook`;
  if (twilio !== null) {
    const hook = { url: `${PUBLIC_URL}/webhook`, deliverTo: webhook };
    twilio.setWebhooks({ sms: hook, voice: hook });
    say("\nA walk through the house:\n");
    await walk(house, twilio, say);
    say("\nAll three steps worked.");
  }
  if (ends) return;

  say("");
  say(`Home Assistant   ${house.isReal ? house.url : "(stand-in, without a page)"}`);
  if (house.login !== null) say(`  log in as      ${house.login.username} / ${house.login.password}`);
  if (twilio !== null) {
    say(`Telephone        ${twilio.phoneUrl}`);
    say(`  your number    ${MY_NUMBER}, the house has ${TWILIO_NUMBER}`);
  }
  say(
    `Webhook          ${webhook}${realTwilio ? " (make it reachable, and enter its public address at Twilio)" : ""}`,
  );
  say("\nCtrl-C stops everything.");
  if (!stopped.aborted) await Promise.race([once(stopped, "abort"), app.ended]);
  say("\nStopping …");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
