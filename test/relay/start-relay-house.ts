import { expect, vi } from "vitest";

import { routeFunctions } from "../../demo/route-functions.ts";
import type { AppSettings } from "../../src/app/process/settings.ts";
import { OURS } from "../app/start-house.ts";
import { startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant, FiredEvent } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { PATIENCE_MS } from "../patience.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";
import { withAnswerTime } from "./answer-time.ts";
import type { AnswerTime } from "./answer-time.ts";
import { setUpRelay } from "./press-relay.ts";

export interface RelayHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
  /** The events of a type that Home Assistant received. */
  fired(type: string): FiredEvent["data"][];
}

export interface RelayHouseOptions {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly twilioOptions?: TwilioSimulatorOptions;
  readonly settings?: Partial<AppSettings>;
  /** The simulated Twilio to use. Without it, the house has its own. */
  readonly twilio?: TwilioSimulator;
  /** The ID of the user, which distinguishes this Home Assistant from others. */
  readonly userId?: string;
  /** The external URL of Home Assistant, or null for none. Without it, it is Home Assistant's own URL. */
  readonly externalUrl?: string | null;
  /** Runs before the app starts. */
  readonly before?: (twilio: TwilioSimulator) => void;
  /** How long the relay waits for the app's answer. Without it, the relay waits as long as a test waits. */
  readonly answerTime?: AnswerTime;
  /** Whether the relay is set up before the house is returned. The default is true. */
  readonly isSetUp?: boolean;
}

/** Starts an app without a public address, in a Home Assistant that can be reached from outside. */
export async function startRelayHouse({
  options = {},
  twilioOptions = {},
  settings = {},
  twilio: shared,
  userId,
  externalUrl,
  before,
  answerTime = { ms: PATIENCE_MS },
  isSetUp = true,
}: RelayHouseOptions = {}): Promise<RelayHouse> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  home.outside.externalUrl = externalUrl === undefined ? home.url : externalUrl;
  if (userId !== undefined) home.outside.userId = userId;
  const startFunctions = withAnswerTime(answerTime);
  const twilio =
    shared ?? undo.use(await startTwilioSimulator({ numbers: [OURS], startFunctions, ...twilioOptions }));
  before?.(twilio);
  const app = undo.use(
    await startTestApp({
      // The simulator does not set the URLs of the app's port, so that the numbers keep their settings.
      twilio: { ...twilio, setWebhooks() {}, routeCallbacks() {} },
      homeAssistant: home,
      options: { api_base_url: undefined, public_url: undefined, ...options },
      settings: {
        panel: { port: 0, password: null, supervised: false },
        twilioStandIn: twilio.url,
        transport: routeFunctions(SYSTEM_PARTS.transport, twilio.url),
        ...settings,
      },
    }),
  );
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  if (isSetUp) await setUpRelay(app);
  const running = undo.move();
  return {
    home,
    twilio,
    app,
    fired: (type) => home.fired.filter((event) => event.type === type).map(({ data }) => data),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
