import { expect, vi } from "vitest";

import { routeFunctions } from "../../demo/route-functions.ts";
import type { AppSettings } from "../../src/app/process/settings.ts";
import { OURS } from "../app/start-house.ts";
import { startTestApp } from "../app/start-test-app.ts";
import type { TestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant, FiredEvent } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";
import { setUpRelay } from "./press-relay.ts";

export interface RelayHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
  /** Events of a type that Home Assistant was told. */
  fired(type: string): FiredEvent["data"][];
}

export interface RelayHouseOptions {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly twilioOptions?: TwilioSimulatorOptions;
  readonly settings?: Partial<AppSettings>;
  /** Instead of one of its own, which is stopped with the house. */
  readonly twilio?: TwilioSimulator;
  /** Tells this Home Assistant from others. */
  readonly userId?: string;
  /** Null for none. Home Assistant's own if not given. */
  readonly externalUrl?: string | null;
  /** Called before the app starts. */
  readonly before?: (twilio: TwilioSimulator) => void;
  /** Whether the relay is set up before the house is handed out; true if not given. */
  readonly isSetUp?: boolean;
}

/** An app without a public address, in a Home Assistant that can be reached from outside. */
export async function startRelayHouse({
  options = {},
  twilioOptions = {},
  settings = {},
  twilio: shared,
  userId,
  externalUrl,
  before,
  isSetUp = true,
}: RelayHouseOptions = {}): Promise<RelayHouse> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  home.outside.externalUrl = externalUrl === undefined ? home.url : externalUrl;
  if (userId !== undefined) home.outside.userId = userId;
  const twilio = shared ?? undo.use(await startTwilioSimulator({ numbers: [OURS], ...twilioOptions }));
  before?.(twilio);
  const app = undo.use(
    await startTestApp({
      // Nobody enters the port's address for it: what numbers have at Twilio stays.
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
