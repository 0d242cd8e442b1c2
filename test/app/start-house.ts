import { expect, vi } from "vitest";

import type { AppSettings } from "../../src/app/process/settings.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant, FiredEvent } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulatorOptions } from "../twilio-simulator/twilio-simulator-options.ts";
import { startTestApp } from "./start-test-app.ts";
import type { TestApp } from "./start-test-app.ts";

export const OURS = "+15005550006";
export const THEIRS = "+12125550123";

export interface TestHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
  /** The events of a type that Home Assistant received. */
  fired(type: string): FiredEvent["data"][];
  /** The requests to Twilio that send a message or call. */
  posts(): number;
  /** Fires an event like an automation. */
  request(data: Readonly<Record<string, unknown>>): void;
}

/** The app with a Home Assistant and a Twilio that can fail on demand. */
export async function startHouse(
  options: Readonly<Record<string, unknown>> = {},
  twilioOptions: TwilioSimulatorOptions = {},
  settings: Partial<AppSettings> = {},
  isFirstStart = false,
): Promise<TestHouse> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS], ...twilioOptions }));
  const app = undo.use(await startTestApp({ twilio, homeAssistant: home, options, settings, isFirstStart }));
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"));
  const running = undo.move();
  return {
    home,
    twilio,
    app,
    fired: (type) => home.fired.filter((event) => event.type === type).map(({ data }) => data),
    posts: () => twilio.requests().filter(({ method }) => method === "POST").length,
    request: (data) => home.emit("twilio_request", data),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
