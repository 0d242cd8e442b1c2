import { expect } from "vitest";

import { MY_NUMBER, TWILIO_NUMBER } from "../../../../demo/numbers.ts";
import type { SimulatedCall } from "../../../twilio-simulator/phone/simulated-call.ts";
import { untilIdle } from "../until-idle.ts";
import { gateIsOpen, ringTheBell } from "./documented-automations.ts";
import { sendsForm, shows } from "./documented-effects.ts";
import type { Scenario } from "./documented-scenario.ts";
import type { DocsHouse } from "./start-docs-house.ts";

const BOB = "+12125550124";
const STRANGER = "+12125550199";

const callFrom =
  (from: string) =>
  async ({ twilio, client }: DocsHouse): Promise<SimulatedCall> => {
    await untilIdle(client);
    return await twilio.ring({ from, to: TWILIO_NUMBER });
  };
const aliceCalls = callFrom(MY_NUMBER);
const aStrangerCalls = callFrom(STRANGER);

/** Resolves when the caller hears this question, after at least `times` texts. */
function asked(call: SimulatedCall, text: string, times = 1): Promise<void> {
  return call.until(
    ({ waitingFor, said }) => waitingFor === "gather" && said.length >= times && said.at(-1) === text,
  );
}

async function saysAll(call: SimulatedCall, texts: readonly string[]): Promise<void> {
  await call.over();
  expect(call.said).toEqual(texts);
  expect(call.notes).toEqual([]);
}

async function enterPin(house: DocsHouse, pin: string, reply: string): Promise<void> {
  const call = await aliceCalls(house);
  await asked(call, "Your PIN, please.");
  await call.press(pin);
  await saysAll(call, ["Your PIN, please.", reply]);
}

const MENU = "Press 1 for the lights, 2 for the garage door.";
const LIGHTS = "Press 1 for on, 2 for off.";

async function walkMenu(house: DocsHouse, ...keys: readonly [string, string?]): Promise<void> {
  const call = await aliceCalls(house);
  const questions = keys.length === 1 ? [MENU] : [MENU, LIGHTS];
  for (const [index, question] of questions.entries()) {
    await asked(call, question);
    await call.press(keys[index] ?? "");
  }
  await saysAll(call, [...questions, "Done. Goodbye."]);
}

/** A person answers the call of the house and presses keys. */
async function answer({ twilio }: DocsHouse, to: string, keys: string): Promise<SimulatedCall> {
  const call = twilio.answer((await twilio.outgoingCall(to)).sid);
  await call.until(({ waitingFor }) => waitingFor === "gather");
  await call.press(keys);
  return call;
}

/** Starts an alarm as an automation does. */
export const raiseAlarm = ({ client }: DocsHouse, data: object): Promise<unknown> =>
  client.callService("script", "twilio_alarm", data, { returnResponse: true });

/** A person answers the alarm's call and takes the alarm with the key 1. */
export async function takeAlarm(house: DocsHouse, number: string): Promise<void> {
  const call = await answer(house, number, "1");
  await call.over();
  expect(call.said.at(-1)).toBe("Thank you. You have it.");
}

/** A caller leaves a message. `step` is the step of the house on that call. */
export async function leaveMessage(
  house: DocsHouse,
  step: (callSid: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const call = await aliceCalls(house);
  const done = step(call.sid);
  await call.until(({ waitingFor }) => waitingFor === "record");
  await call.record(7);
  await call.over();
  await done;
}

/** A caller enters digits, and the call continues. */
export async function enterDigits(house: DocsHouse): Promise<void> {
  const call = await aliceCalls(house);
  const entered = talk(house, { say: "a", ask: "digits", digits: 4 })(call.sid);
  await asked(call, "a");
  await call.press("4711");
  await entered;
  await call.hangUp();
}

/** Sends a step with `script.twilio_talk`, without an automation. */
export const talk =
  ({ client }: DocsHouse, data: object) =>
  (call: string): Promise<unknown> =>
    client.callService("script", "twilio_talk", { call, ...data }, { returnResponse: true });

/** How each documented automation with calls is started and checked, by its alias. */
export const CALL_SCENARIOS: Readonly<Record<string, Scenario>> = {
  "Disarm the alarm by phone": {
    async cause(house) {
      const alarm = "alarm_control_panel.home";
      await house.client.callService("alarm_control_panel", "alarm_arm_away", { entity_id: alarm });
      await house.client.waitForState(alarm, "armed_away");
      await enterPin(house, "4712", "Wrong. Goodbye.");
      expect((await house.client.state(alarm))?.state).toBe("armed_away");
      await enterPin(house, "4711", "Disarmed.");
    },
    effect: ({ client }) => client.waitForState("alarm_control_panel.home", "disarmed"),
    stranger: aStrangerCalls,
  },
  "A menu by phone": {
    async cause(house) {
      const { client } = house;
      await walkMenu(house, "1", "1");
      await client.waitForState("light.whole_house", "on");
      await walkMenu(house, "1", "2");
      await client.waitForState("light.whole_house", "off");
      const quiet = await aliceCalls(house);
      for (const times of [1, 2]) {
        await asked(quiet, MENU, times);
        await quiet.stayQuiet();
      }
      await saysAll(quiet, [MENU, MENU, "Goodbye."]);
      const undecided = await aliceCalls(house);
      await asked(undecided, MENU);
      await undecided.press("1");
      await asked(undecided, LIGHTS);
      await undecided.stayQuiet();
      await saysAll(undecided, [MENU, LIGHTS, "Goodbye."]);
      const lost = await aliceCalls(house);
      await asked(lost, MENU);
      await lost.press("9");
      await saysAll(lost, [MENU, "Goodbye."]);
      const gone = await aliceCalls(house);
      await asked(gone, MENU);
      await gone.hangUp();
      expect((await client.state("cover.garage_door"))?.state).toBe("closed");
      await walkMenu(house, "2");
    },
    effect: gateIsOpen,
    stranger: aStrangerCalls,
  },
  "Tell the temperature by phone": {
    async cause(house) {
      const call = await aliceCalls(house);
      await asked(call, "Which room?");
      expect(call.documents.at(-1)).toContain('hints="living room,kitchen"');
      await call.speak("The Living Room, please.", 0.9);
      await saysAll(call, ["Which room?", "It is 21.5 degrees."]);
      const other = await aliceCalls(house);
      await asked(other, "Which room?");
      await other.speak("42");
      await saysAll(other, ["Which room?", "I know no such room."]);
    },
    effect: () => Promise.resolve(),
    stranger: aStrangerCalls,
  },
  "Call until somebody presses 1": {
    answers: true,
    async cause(house) {
      const { client, twilio } = house;
      for (const state of ["off", "on"]) await client.post("/api/states/binary_sensor.water_leak", { state });
      const unanswered = await twilio.outgoingCall(MY_NUMBER);
      await twilio.advanceCall(unanswered.sid, "no-answer");
      await (await answer(house, BOB, "1")).over();
    },
    effect: sendsForm({ Body: "Bob takes care of the water." }),
  },
  "Raise the alarm about water": {
    answers: true,
    async cause(house) {
      const { client } = house;
      for (const state of ["off", "on"]) await client.post("/api/states/binary_sensor.water_leak", { state });
      await takeAlarm(house, MY_NUMBER);
    },
    effect: ({ twilio }) => Promise.resolve(expect(twilio.calls().at(-1)?.to).toBe(MY_NUMBER)),
  },
  "Say who takes care of the water": {
    answers: true,
    async cause(house) {
      const alarm = "Water in the cellar";
      await house.client.callService("script", "twilio_alarm", { do: "stop", alarm, on_error: "respond" });
      await raiseAlarm(house, { alarm, message: "There is water.", people: ["Bob"] });
      await takeAlarm(house, BOB);
    },
    effect: shows(/^Water in the cellar$/, "Bob takes care of it."),
  },
  "Ask me whether the visitor may come in": {
    answers: true,
    async cause(house) {
      const question = "Somebody is at the door. Press 1 to open it.";
      await ringTheBell(house);
      await saysAll(await answer(house, MY_NUMBER, "2"), [question, "It stays shut. Goodbye."]);
      await ringTheBell(house);
      await saysAll(await answer(house, MY_NUMBER, "1"), [question, "It is open. Goodbye."]);
    },
    effect: gateIsOpen,
  },
  "Take a message": {
    cause: (house) => leaveMessage(house),
    effect: shows(/^Voicemail from Alice$/, /^7 seconds: http\S+\/Recordings\/RE\w+\.mp3$/),
  },
  "Put callers through to Bob": {
    async cause(house) {
      const unlucky = await aliceCalls(house);
      await unlucky.until(({ waitingFor }) => waitingFor === "dial");
      expect(unlucky.forwarded()).toMatchObject({ number: BOB });
      await unlucky.endForward("no-answer");
      await saysAll(unlucky, ["One moment, please.", "Bob does not answer. Please try again later."]);
      const lucky = await aliceCalls(house);
      await lucky.until(({ waitingFor }) => waitingFor === "dial");
      await lucky.endForward("completed", 60);
      await saysAll(lucky, ["One moment, please."]);
    },
    effect: () => Promise.resolve(),
    stranger: aStrangerCalls,
  },
  "Say that a recording can be heard": {
    cause: (house) => leaveMessage(house, talk(house, { say: "Speak.", record: true, then: "hang_up" })),
    effect: shows(/^A recording of Alice$/, /\/Recordings\/RE\w+\.mp3$/),
  },
};
