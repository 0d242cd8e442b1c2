import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { ALICE, BOB, type BlueprintHouse, startBlueprintHouse } from "../../house/start-blueprint-house.ts";
import { removeAutomation, useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const INPUT = {
  alarm: [{ trigger: "event", event_type: "test_alarm" }],
  contacts: ["Alice", BOB],
  message: "Water! Press 1.",
  acknowledged: [{ event: "test_over", event_data: { by: "{{ person }}" } }],
  unacknowledged: [{ event: "test_over", event_data: { by: "nobody" } }],
  rounds: 2,
  pause_seconds: 0,
  times: 2,
};

describeWithCore("the blueprint for alarm calls", (installation) => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
  });
  afterEach(() => removeAutomation(house.client, "alarm_call"));
  afterAll(async () => {
    expect(house.twilio.violations()).toEqual([]);
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  async function alarm() {
    await useBlueprint(house.client, "alarm_call", INPUT);
    const over = await house.client.events("test_over");
    await house.client.command({ type: "fire_event", event_type: "test_alarm" });
    return over;
  }
  async function answered(number: string, by: "human" | "machine_start" = "human") {
    const ringing = await house.twilio.outgoingCall(number);
    const call = house.twilio.answer(ringing.sid, { by });
    await call.until(({ waitingFor }) => waitingFor === "gather");
    return call;
  }

  test("after a person has pressed 1, no other person is called", async () => {
    await using over = await alarm();
    const before = house.twilio.calls().length;
    const call = await answered(ALICE);
    await call.press("1");
    await call.over();
    expect(call.said).toEqual(["Water! Press 1.", "Thank you. Nobody else will be called."]);
    expect((await over.next()).data).toEqual({ by: { name: "Alice" } });
    expect(house.twilio.calls().length - before).toBeLessThanOrEqual(1);
    expect(call.notes).toEqual([]);
  });

  test("an answering machine, no answer or a wrong key leads to the next person, round after round", async () => {
    await using over = await alarm();
    const machine = await answered(ALICE, "machine_start");
    await machine.stayQuiet();
    await machine.until(({ said, waitingFor }) => said.length === 2 && waitingFor === "gather");
    await machine.stayQuiet();
    await machine.over();
    const unanswered = await house.twilio.outgoingCall(BOB);
    await house.twilio.advanceCall(unanswered.sid, "no-answer");
    const unwilling = await answered(ALICE);
    await unwilling.press("2");
    await unwilling.over();
    expect(unwilling.said).toEqual(["Water! Press 1."]);
    const willing = await answered(BOB);
    await willing.press("1");
    expect((await over.next()).data).toEqual({ by: { name: BOB } });
  });

  test("after a hang-up the next person is called, and if nobody presses 1, the end of the alarm reports it", async () => {
    await using over = await alarm();
    for (const number of [ALICE, BOB, ALICE, BOB]) {
      const call = await answered(number);
      await call.hangUp();
    }
    expect((await over.next()).data).toEqual({ by: "nobody" });
  });
});
