import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, vi } from "vitest";

import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { accountOptions } from "../../twilio-simulator/account-options.ts";
import type { SimulatedCall } from "../../twilio-simulator/phone/simulated-call.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { CoreInstallation } from "../install/core-installation.ts";
import { startChaosApp } from "./chaos-app.ts";
import { connectToCore } from "./core/core-client.ts";
import type { RunningCore } from "./core/start-core.ts";
import { startRecordingCore } from "./recorded-events.ts";
import type { RecordedEvent } from "./recorded-events.ts";

export const OURS = "+15005550006";

/** One person for each part in a test, because all alarms together call a number at most three times in three minutes. */
const NAMES = [
  "Alice",
  "Bob",
  "Carol",
  "Dave",
  "Erin",
  "Frank",
  "Grace",
  "Heidi",
  "Ivan",
  "Judy",
  "Karl",
  "Laura",
  "Mike",
  "Nora",
  "Olga",
  "Peter",
] as const;
export type Name = (typeof NAMES)[number];

/** The fields of `script.twilio_alarm`. */
export interface AlarmFields {
  readonly alarm: string;
  readonly people: readonly Name[];
  readonly [field: string]: unknown;
}

/** Starts each alarm in an automation, and reacts to each alarm that is taken. */
const AUTOMATIONS = `
- id: start_alarm
  alias: Start alarm
  mode: parallel
  max: 50
  triggers:
    - { trigger: event, event_type: alarm_wanted }
  actions:
    - action: script.twilio_alarm
      data: "{{ trigger.event.data }}"
      response_variable: alarm
    - event: alarm_returned
      event_data: { alarm: "{{ alarm.alarm }}", state: "{{ alarm.state }}", person: "{{ alarm.person | default }}" }
- id: taken
  alias: Taken
  mode: parallel
  max: 50
  triggers:
    - { trigger: event, event_type: twilio_alarm, event_data: { state: taken } }
  actions:
    - event: alarm_was_taken
      event_data: { alarm: "{{ trigger.event.data.alarm }}", person: "{{ trigger.event.data.person }}" }
- id: power_is_back
  alias: Power is back
  triggers:
    - { trigger: homeassistant, event: start }
  conditions: "{{ has_value('script.twilio_alarm') }}"
  actions:
    - action: script.twilio_alarm
      data: { alarm: Power, message: The power was off., people: [Nora] }
`;

export interface HouseWithAlarms extends AsyncDisposable {
  readonly core: RunningCore;
  readonly twilio: TwilioSimulator;
  /** Starts an alarm in an automation. Resolves when automations know of it. `last`: the last event that they receive. */
  start(fields: AlarmFields, last?: string): Promise<void>;
  /** Ends an alarm as a user does, and waits for the event. */
  stop(alarm: string): Promise<void>;
  /** Waits for the next call to a person. */
  rings(name: Name): Promise<SimulatedCall>;
  /** Waits for the next call to a person, who answers it and hears the question. */
  answers(name: Name): Promise<SimulatedCall>;
  /** Presses the key, and waits until the call is over. */
  takes(call: SimulatedCall): Promise<void>;
  /** Waits for a text message to a person that fits the pattern. */
  text(name: Name, pattern: RegExp): Promise<string>;
  writes(name: Name, body: string): Promise<void>;
  /** Waits for the push of an alarm. Resolves to the action of its button. */
  push(alarm: string): Promise<string>;
  callsTo(name: Name): number;
  /** Waits until automations have received an event of an alarm last, such as `taken Alice`. */
  receivesLast(alarm: string, last: string): Promise<void>;
  /** Waits until automations have received these events of an alarm, no more and no fewer. */
  receives(alarm: string, events: readonly string[]): Promise<void>;
  /** The events of one type that Core has had about an alarm. */
  events(type: string, alarm: string): Promise<RecordedEvent[]>;
}

/** Starts a real Core with the app and a simulated Twilio. The people are contacts, and Olga has a push action. */
export async function startHouseWithAlarms(installation: CoreInstallation): Promise<HouseWithAlarms> {
  await using starting = new AsyncDisposableStack();
  const twilio = starting.use(await startTwilioSimulator({ numbers: [OURS] }));
  const recording = starting.use(
    await startRecordingCore(installation, {
      automations: AUTOMATIONS,
      configuration: "notify: [{ platform: group, name: phone_of_olga, services: [] }]\n",
      moreEvents: ["twilio_alarm", "alarm_returned", "alarm_was_taken", "call_service"],
    }),
  );
  const { core } = recording;
  const directory = await mkdtemp(join(tmpdir(), "twilio-alarm-"));
  starting.defer(() => rm(directory, { recursive: true }));
  const contacts = NAMES.map((name) => ({
    name,
    number: numberOf(name),
    ...(name === "Olga" ? { push: "phone_of_olga" } : {}),
  }));
  const app = starting.use(
    await startChaosApp({
      options: { ...accountOptions(twilio), public_url: PUBLIC_URL, default_sender: OURS, contacts },
      homeAssistant: core,
      directory,
    }),
  );
  const origin = `http://127.0.0.1:${app.port}`;
  const webhook = { url: `${PUBLIC_URL}/webhook`, deliverTo: `${origin}/webhook` };
  twilio.setWebhooks({ voice: webhook, sms: webhook });
  twilio.routeCallbacks(PUBLIC_URL, origin);
  await app.logged(/Installed script\.twilio_alarm|script\.twilio_alarm is installed and up to date/);
  const undo = starting.move();

  const callsTo = (name: Name) => twilio.calls().filter(({ to }) => to === numberOf(name));

  async function events(type: string, alarm: string): Promise<RecordedEvent[]> {
    return (await recording.events()).filter((event) => event.type === type && event.data["alarm"] === alarm);
  }

  async function received(alarm: string): Promise<string[]> {
    const found = (await recording.events()).filter(({ data }) => data["alarm"] === alarm);
    return found.map(inWords).filter((words) => words !== null);
  }

  async function receivesLast(alarm: string, last: string): Promise<void> {
    await vi.waitFor(async () => expect((await received(alarm)).at(-1)).toBe(last), { interval: 200 });
  }

  async function pushAction(alarm: string): Promise<string | undefined> {
    const pushes = (await recording.events()).filter(({ data }) => data["service"] === "phone_of_olga");
    const found = pushes.map(({ data }) => JSON.stringify(data)).find((text) => text.includes(alarm));
    return /TWILIO_TAKE_[0-9a-f]+/.exec(found ?? "")?.[0];
  }

  async function answers(name: Name): Promise<SimulatedCall> {
    const call = twilio.answer((await twilio.outgoingCall(numberOf(name))).sid);
    await call.until(() => call.waitingFor === "gather");
    return call;
  }

  return {
    core,
    twilio,
    callsTo: (name) => callsTo(name).length,
    events,
    answers,
    receivesLast,
    async receives(alarm, wanted) {
      await vi.waitFor(async () => expect(await received(alarm)).toEqual(wanted), { interval: 200 });
    },
    async push(alarm) {
      await vi.waitFor(async () => expect(await pushAction(alarm)).toBeDefined(), { interval: 200 });
      return (await pushAction(alarm)) ?? "";
    },
    async start(fields, last = `calling ${fields.people.at(fields["order"] === "all_at_once" ? -1 : 0)}`) {
      await using client = await connectToCore(core.url, core.token);
      // Long times, so that nothing happens by itself on a slow machine.
      const slow = { ring_seconds: 120, quiet_seconds: 3_600 };
      const event_data = { message: `It is ${fields.alarm}.`, ...slow, ...fields };
      await client.command({ type: "fire_event", event_type: "alarm_wanted", event_data });
      await receivesLast(fields.alarm, last);
    },
    async stop(alarm) {
      await using client = await connectToCore(core.url, core.token);
      await client.callService("script", "twilio_alarm", { do: "stop", alarm });
    },
    rings: (name) => twilio.outgoingCall(numberOf(name)),
    async takes(call) {
      await call.press("1");
      await call.over();
      expect(call.said.at(-1)).toBe("Thank you. You have it.");
    },
    async text(name, pattern) {
      const found = () =>
        twilio.messages().find(({ to, body }) => to === numberOf(name) && pattern.test(body));
      await vi.waitFor(() => expect(found()).toBeDefined());
      return found()?.body ?? "";
    },
    async writes(name, body) {
      await twilio.receiveMessage({ from: numberOf(name), to: OURS, body });
    },
    [Symbol.asyncDispose]: () => undo.disposeAsync(),
  };
}

function numberOf(name: Name): string {
  return `+121255501${String(NAMES.indexOf(name) + 10)}`;
}

/** An event of an alarm, such as `taken Alice`. A start or a call that Core receives late is reported as missed. */
function inWords({ type, data }: RecordedEvent): string | null {
  const { state, person } = data;
  const isStale = type === "twilio_data_missed" && ["started", "calling", "repeated"].includes(String(state));
  if (type !== "twilio_alarm" && !isStale) return null;
  return typeof person === "string" ? `${String(state)} ${person}` : String(state);
}
