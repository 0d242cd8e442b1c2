import { expect, vi } from "vitest";

import { createTestClock } from "../../app/create-test-clock.ts";
import type { StoppedClock } from "../../app/create-test-clock.ts";
import { OURS } from "../../app/start-house.ts";
import { PUBLIC_URL, startTestApp } from "../../app/start-test-app.ts";
import type { TestApp, TestAppOptions } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant, FiredEvent } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulatorOptions } from "../../twilio-simulator/twilio-simulator-options.ts";

export interface PollingHouseOptions extends Pick<
  TestAppOptions,
  "hasWebhooks" | "isFirstStart" | "settings"
> {
  readonly twilio?: TwilioSimulatorOptions;
  readonly options?: Readonly<Record<string, unknown>>;
  /** How far Twilio's clock is ahead of the app's, in milliseconds. */
  readonly aheadMs?: number;
  /** Runs before the app starts. */
  readonly before?: (twilio: TwilioSimulator) => void;
}

export interface PollingHouse extends AsyncDisposable {
  readonly home: FakeHomeAssistant;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
  /** The time of the app's clock and of Twilio's, in milliseconds since 1970. */
  now(): number;
  /** Advances the time until the next round has ended. Returns the time advanced, in milliseconds. */
  nextRound(): Promise<number>;
  /** How often the list of messages was read. */
  reads(): number;
  fired(type: string): FiredEvent["data"][];
  /** Waits until `count` events of a type were fired, and returns them. */
  fires(type: string, count: number): Promise<FiredEvent["data"][]>;
}

/** A house that Twilio cannot reach. Only the credentials are configured. Its clock is stopped. */
export async function startPollingHouse({
  twilio: twilioOptions = {},
  options = {},
  aheadMs = 0,
  settings = {},
  before,
  hasWebhooks = false,
  isFirstStart = true,
}: PollingHouseOptions = {}): Promise<PollingHouse> {
  await using undo = new AsyncDisposableStack();
  const clock = createTestClock();
  const home = undo.use(await startFakeHomeAssistant());
  const twilio = undo.use(
    await startTwilioSimulator({ numbers: [OURS], now: () => clock.now() + aheadMs, ...twilioOptions }),
  );
  before?.(twilio);
  const app = undo.use(
    await startTestApp({
      twilio,
      homeAssistant: home,
      // With this option, the app treats the simulator like Twilio itself.
      options: { api_base_url: undefined, public_url: hasWebhooks ? PUBLIC_URL : undefined, ...options },
      settings: { clock, twilioStandIn: twilio.url, ...settings },
      isFirstStart,
      hasWebhooks,
    }),
  );
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
  const reads = (): number => twilio.reads().filter((path) => path.endsWith("/Messages.json")).length;
  const delays = (): number[] =>
    app.lines.flatMap((line) => {
      const [, seconds] = /The next one begins in (\d+) s/.exec(line) ?? [];
      return seconds === undefined ? [] : [Number(seconds) * 1_000];
    });
  await vi.waitFor(() => expect(delays().length).toBeGreaterThan(0), { interval: 5 });
  const time: StoppedClock = undo.use(clock.stop());
  const fired = (type: string): FiredEvent["data"][] =>
    home.fired.filter((event) => event.type === type).map(({ data }) => data);
  const running = undo.move();
  return {
    home,
    twilio,
    app,
    now: clock.now,
    reads,
    async nextRound() {
      const known = delays();
      const delay = known.at(-1) ?? 0;
      time.advance(delay);
      await vi.waitFor(() => expect(delays().length).toBeGreaterThan(known.length), { interval: 5 });
      return delay;
    },
    fired,
    async fires(type, count) {
      await vi.waitFor(() => expect(fired(type)).toHaveLength(count), { interval: 5 });
      return fired(type);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
