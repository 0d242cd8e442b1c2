import { once } from "node:events";

import { startTwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../test/twilio-simulator/start-twilio-simulator.ts";
import { TWILIO_TIMEOUT_MS } from "../test/twilio-simulator/webhooks/connection-overrides.ts";
import { choosePorts } from "./choose-ports.ts";
import type { DemoPorts } from "./choose-ports.ts";
import { describeDemo, stepsAsMarkdown } from "./describe-demo.ts";
import { CONTACTS, PEOPLE, TWILIO_NUMBER } from "./numbers.ts";
import { playNetwork } from "./play-network.ts";
import { realTwilioOptions } from "./real-twilio-options.ts";
import { setUpRelay } from "./set-up-relay.ts";
import { startAppProcess } from "./start-app-process.ts";
import { startHouse } from "./start-house.ts";
import { walk } from "./walk.ts";

export interface DemoOptions {
  readonly directory: string;
  /** Ends after the demo's own check. */
  readonly once: boolean;
  /** Uses a real Twilio account, with credentials from the environment. */
  readonly realTwilio: boolean;
  /** Receives through the webhook relay, and not at the app's port. */
  readonly relay: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Ports to use instead of the demo's usual ones. */
  readonly preferredPorts?: DemoPorts;
  readonly say: (line: string) => void;
  readonly stopped: AbortSignal;
}

/** The public address for which the simulator signs webhooks. The simulator delivers them to the app's port. */
const PUBLIC_URL = "https://demo.example";

const NOTIFIERS = [
  { name: "twilio_sms", type: "sms" },
  { name: "twilio_call", type: "call" },
];
const READY_MS = 60_000;
/** The app, with the simulator in place of Twilio's hosts. */
const RELAY_MAIN = new URL("relay-main.ts", import.meta.url).pathname;

/** Starts a house, a telephone and the app between them. It stops everything before it returns. */
export async function runDemo({
  directory,
  once: ends,
  realTwilio,
  relay,
  env,
  preferredPorts,
  say,
  stopped,
}: DemoOptions): Promise<void> {
  await using undo = new AsyncDisposableStack();
  say("Twilio for Home Assistant: the demo");
  say("The first start installs Home Assistant, which takes a few minutes. Later starts take seconds.\n");
  const ports = await choosePorts(say, preferredPorts);
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  const twilio = realTwilio
    ? null
    : undo.use(
        await startTwilioSimulator({
          numbers: [TWILIO_NUMBER],
          port: ports.telephone,
          people: PEOPLE,
          webhookTimeoutMs: TWILIO_TIMEOUT_MS,
        }),
      );
  const addresses = {
    telephone: twilio?.phoneUrl ?? null,
    panel: local(ports.panel),
    webhook: `${local(ports.webhooks)}/webhook`,
  };
  const house = undo.use(
    await startHouse({
      say: (line) => say(`  ${line}`),
      mustBeReal: env["CI"] === "true",
      port: ports.homeAssistant,
      toTry: stepsAsMarkdown(addresses),
    }),
  );
  say("  Starting the app …");
  const byRelay = relay && twilio !== null;
  if (byRelay) await house.becomeReachable();
  const { from_number, ...account } =
    twilio === null ? realTwilioOptions(env) : byRelay ? withoutAddress(twilio) : simulated(twilio);
  const app = undo.use(
    await startAppProcess({
      options: {
        ...account,
        default_sender: from_number,
        notifiers: NOTIFIERS.map((notifier) => ({ ...notifier, from_number })),
        contacts: twilio === null ? [] : CONTACTS,
      },
      homeAssistant: house,
      directory,
      port: ports.webhooks,
      onLine: (line) => say(`  app | ${line}`),
      environment: {
        PANEL_PORT: String(ports.panel),
        ...(byRelay ? { TWILIO_SIMULATOR: twilio.url } : {}),
      },
      ...(byRelay ? { main: RELAY_MAIN } : {}),
    }),
  );
  await app.logged(/Connected to Home Assistant/, READY_MS);
  // The app installs its blueprints at the end of its first start.
  if (house.isReal) await app.logged(/Installed blueprints/, READY_MS);

  if (twilio !== null) {
    if (byRelay) {
      say("  Setting up the webhook relay …");
      await setUpRelay(addresses.panel);
    } else {
      twilio.routeCallbacks(PUBLIC_URL, local(ports.webhooks));
      const hook = (path: string) => ({ url: PUBLIC_URL + path, deliverTo: local(ports.webhooks) + path });
      twilio.setWebhooks({ sms: hook("/webhook"), voice: hook("/webhook"), status: hook("/status/call") });
    }
    undo.use(playNetwork(twilio));
    say("\nThe demo checks itself first:\n");
    await walk(house, twilio, say);
    say("\nAll three steps worked.");
  }
  if (ends) return;

  say(`\n${describeDemo(house, addresses).join("\n")}`);
  if (!stopped.aborted) await Promise.race([once(stopped, "abort"), app.ended]);
  say("\nStopping … Home Assistant takes a few seconds.");
}

/** The options after the installation: the two credentials, and no public address. */
function withoutAddress({ accountSid, authToken }: TwilioSimulator) {
  return { account_sid: accountSid, auth_token: authToken, from_number: TWILIO_NUMBER };
}

function simulated({ accountSid, authToken, url }: TwilioSimulator) {
  return {
    account_sid: accountSid,
    auth_token: authToken,
    api_base_url: url,
    public_url: PUBLIC_URL,
    from_number: TWILIO_NUMBER,
  };
}
