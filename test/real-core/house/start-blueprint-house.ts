import { expect, vi } from "vitest";

import { createTestClock } from "../../app/create-test-clock.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import type { SimulatedCall } from "../../twilio-simulator/phone/simulated-call.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { CoreInstallation } from "../install/core-installation.ts";
import { connectToCore, type CoreClient } from "./core/core-client.ts";
import { type RunningCore, startCore } from "./core/start-core.ts";
import { untilIdle } from "./until-idle.ts";

export const OURS = "+15005550006";
export const ALICE = "+12125550123";
export const BOB = "+12125550124";
/** The number of a contact in Mexico. The same number also has the form `LUIS_OTHER_FORM`. */
export const LUIS = "+525512345678";
export const LUIS_OTHER_FORM = "+5215512345678";
export const STRANGER = "+12125550199";

const CONFIGURATION = `
counter:
  wrong_pins:
binary_sensor:
  - platform: group
    name: All leaks
    entities: [binary_sensor.test_attic]
# Nobody listens there.
rest_command:
  broken:
    url: http://127.0.0.1:9/
`;

/** How long the app waits for an automation to take a call. */
const WAIT_SECONDS = 10;

/** A person who calls, and parameters of Twilio's request. */
export type Caller = readonly [from: string, parameters?: Readonly<Record<string, string>>];

export interface BlueprintHouse extends AsyncDisposable {
  readonly core: RunningCore;
  readonly client: CoreClient;
  readonly twilio: TwilioSimulator;
  readonly app: TestApp;
  /** A person calls the house. */
  ring(...caller: Caller): Promise<SimulatedCall>;
  /**
   * People call the house, whose calls no automation takes. Resolves when the automations are idle and the app's time
   * for a first step is over.
   */
  ringUntaken(...callers: readonly Caller[]): Promise<readonly SimulatedCall[]>;
  /** A person writes a message to the house. */
  write(from: string, body: string): Promise<void>;
  restartCore(): Promise<void>;
  /**
   * The lines that Core has logged about faults of automations and templates, without intended faults of a test.
   */
  faults(): readonly string[];
}

/** Starts a real Core with the app's scripts and blueprints, the app, and a simulated Twilio with telephones. */
export async function startBlueprintHouse(
  installation: CoreInstallation,
  options: Readonly<Record<string, unknown>> = {},
): Promise<BlueprintHouse> {
  await using undo = new AsyncDisposableStack();
  const clock = createTestClock();
  const twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
  const core = undo.use(await startCore({ installation, configuration: CONFIGURATION }));
  let client = await connectToCore(core.url, core.token);
  undo.defer(() => client[Symbol.asyncDispose]());
  const contacts = [
    { name: "Alice", number: ALICE },
    { name: "Bob", number: BOB },
    { name: "Luis", number: LUIS },
  ];
  const app = undo.use(
    await startTestApp({
      twilio,
      homeAssistant: core,
      options: { contacts, incoming_calls: { wait_seconds: WAIT_SECONDS, otherwise: "reject" }, ...options },
      settings: { clock },
    }),
  );
  const logged = (pattern: RegExp, times = 1) =>
    vi.waitFor(
      () => expect(app.lines.filter((line) => pattern.test(line)).length).toBeGreaterThanOrEqual(times),
      { interval: 20 },
    );
  await logged(/Installed blueprints/);
  const ring = (...[from, parameters = {}]: Caller): Promise<SimulatedCall> =>
    twilio.ring({ from, to: OURS, parameters });
  /** Ends the app's wait for the first step of calls. Its time of day stays that of Core. */
  function endWaits(): void {
    using time = clock.stop();
    time.advance(WAIT_SECONDS * 1_000);
    time.set(-WAIT_SECONDS * 1_000);
  }
  const running = undo.move();
  return {
    core,
    get client() {
      return client;
    },
    twilio,
    app,
    ring,
    async ringUntaken(...callers) {
      await using events = await client.events("twilio_data_received");
      const calls = await Promise.all(callers.map((caller) => ring(...caller)));
      for (const { sid } of calls) await events.next(({ data }) => data["CallSid"] === sid);
      await untilIdle(client);
      endWaits();
      for (const call of calls) await call.over();
      return calls;
    },
    async write(from, body) {
      await twilio.receiveMessage({ from, to: OURS, body });
    },
    async restartCore() {
      await client[Symbol.asyncDispose]();
      await core.restart();
      client = await connectToCore(core.url, core.token);
      await logged(/Connected to Home Assistant/, 2);
    },
    faults: () =>
      core
        .log()
        .split("\n")
        .filter((line) => /(WARNING|ERROR).*(automation|template|script)/i.test(line))
        .filter((line) => !/127\.0\.0\.1:9\/|nothing\.there/.test(line)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
