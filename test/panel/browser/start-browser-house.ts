import { expect, vi } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../demo/numbers.ts";
import { routeFunctions } from "../../../demo/route-functions.ts";
import type { Clock } from "../../../src/domain/clock.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { withAnswerTime } from "../../relay/answer-time.ts";
import type { CoreBehind } from "../../supervisor/core-behind.ts";
import { startSupervisor } from "../../supervisor/start-supervisor.ts";
import type { Supervisor } from "../../supervisor/start-supervisor.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import { startFrontDoor } from "./start-front-door.ts";

/** The IP address from which ingress sends its requests on this machine. */
const INGRESS = "127.0.0.2";

/** An app right after its installation. Twilio does not have its webhook URLs yet. */
export interface BrowserHouse extends AsyncDisposable {
  readonly twilio: TwilioSimulator;
  readonly supervisor: Supervisor;
  readonly app: TestApp;
  /** The panel's URL through ingress, with a slash at the end. */
  readonly url: string;
  /** The app's public address, unless `public_url` is set. */
  readonly publicUrl: string;
  /** Restarts the app, like after a change of its configuration. */
  restart(): Promise<void>;
}

export interface BrowserHouseOptions {
  readonly core: CoreBehind;
  /** Options beside the credentials. The default of `public_url` leads to the app on this machine. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The clock of the app and of Twilio, if it is not the machine's. */
  readonly clock?: Clock;
  /** Whether the app starts with an empty folder. */
  readonly isFirstStart?: boolean;
}

/** Starts an app under Supervisor. Its page is behind ingress, and its webhooks come through a proxy. */
export async function startBrowserHouse({
  core,
  options = {},
  clock = SYSTEM_PARTS.clock,
  isFirstStart = false,
}: BrowserHouseOptions): Promise<BrowserHouse> {
  await using undo = new AsyncDisposableStack();
  const startFunctions = withAnswerTime({ ms: PATIENCE_MS });
  const twilio = undo.use(
    await startTwilioSimulator({ numbers: [TWILIO_NUMBER], now: clock.now, startFunctions }),
  );
  const door = undo.use(await startFrontDoor());
  const supervisor = undo.use(await startSupervisor({ core, ingressFrom: INGRESS }));
  const app = undo.use(
    await startTestApp({
      twilio,
      homeAssistant: supervisor,
      options: {
        // One server stands in for all hosts of Twilio's REST API.
        api_base_url: undefined,
        public_url: door.url,
        default_sender: TWILIO_NUMBER,
        contacts: [{ name: "Alice", number: MY_NUMBER }],
        ...options,
      },
      settings: {
        panel: { port: 0, password: null, supervised: true, ingressAddress: INGRESS },
        twilioStandIn: twilio.url,
        transport: routeFunctions(SYSTEM_PARTS.transport, twilio.url),
        clock,
      },
      isFirstStart,
    }),
  );
  door.leadTo(app.port);
  twilio.setWebhooks({});
  await ready(0);
  const running = undo.move();
  return {
    twilio,
    supervisor,
    app,
    url: supervisor.ingressUrl,
    publicUrl: door.url,
    async restart() {
      const times = connected();
      await app.restart();
      await ready(times);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };

  function connected(): number {
    return app.lines.filter((line) => line.includes("Connected to Home Assistant")).length;
  }

  /** Starts the app again, with its page behind ingress. */
  async function ready(before: number): Promise<void> {
    supervisor.panelPort = app.panelPort;
    await vi.waitFor(() => expect(connected()).toBeGreaterThan(before));
  }
}
