import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { ALICE, BOB, type BlueprintHouse, startBlueprintHouse } from "../../house/start-blueprint-house.ts";
import { useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

/**
 * The app calls a number at most three times in three minutes for alarms, so each blueprint here calls another
 * number.
 */
const CAROL = "+12125550131";
const DAN = "+12125550132";
const ERIN = "+12125550133";
const FRED = "+12125550134";

const OUTCOMES = {
  acknowledged: [{ event: "test_over", event_data: { by: "{{ person }}" } }],
  unacknowledged: [{ event: "test_over", event_data: { by: "nobody" } }],
  app_away: [{ event: "test_over", event_data: { failure: "{{ failure }}" } }],
};
const ALARM = {
  ...OUTCOMES,
  alarm: [{ trigger: "event", event_type: "test_alarm" }],
  contacts: ["Alice", BOB],
  message: "Water!",
};
const HELP = {
  ...OUTCOMES,
  button: [{ trigger: "event", event_type: "test_button" }],
  who: "Grandmother",
  contacts: [CAROL],
  channels: ["call"],
};
const SENSOR = "binary_sensor.test_cellar";
const WATER = { ...OUTCOMES, sensors: [SENSOR], contacts: [DAN], channels: ["call"] };

describeWithCore("the blueprints that start alarms, in a real Home Assistant,", (installation) => {
  let house: BlueprintHouse;
  let alarms = 0;

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
  });
  afterEach(async () => {
    for (const id of ["alarm_call", "help_button", "water_or_smoke"])
      await house.client.delete(`/api/config/automation/config/${id}`).catch(() => undefined);
  });
  afterAll(async () => {
    expect(house.twilio.violations()).toEqual([]);
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  /** Starts an alarm whose name no other test uses, so that it joins none. */
  async function alarm(input: Readonly<Record<string, unknown>> = {}) {
    alarms += 1;
    const name = `Alarm ${alarms}`;
    await useBlueprint(house.client, "alarm_call", { ...ALARM, alarm_name: name, ...input });
    const over = await house.client.events("test_over");
    await house.client.command({ type: "fire_event", event_type: "test_alarm" });
    return { name, over, [Symbol.asyncDispose]: () => over[Symbol.asyncDispose]() };
  }

  async function answered(number: string) {
    const ringing = await house.twilio.outgoingCall(number);
    const call = house.twilio.answer(ringing.sid);
    await call.until(({ waitingFor }) => waitingFor === "gather");
    return call;
  }

  test("call nobody else after somebody has pressed 1", async () => {
    await using started = await alarm();
    const before = house.twilio.calls().length;
    const call = await answered(ALICE);
    await call.press("1");
    await call.over();
    expect(call.said[0]).toContain("Water!");
    expect(call.said.at(-1)).toContain("You have it");
    expect((await started.over.next()).data).toEqual({ by: { name: "Alice" } });
    expect(house.twilio.calls().length - before).toBeLessThanOrEqual(1);
    expect(call.notes).toEqual([]);
  });

  test("call the next person at once after somebody has pressed 2", async () => {
    await using started = await alarm();
    const unwilling = await answered(ALICE);
    await unwilling.press("2");
    const willing = await answered(BOB);
    await willing.press("1");
    expect((await started.over.next()).data).toEqual({ by: { name: "Bob" } });
  });

  test("run the actions even if Home Assistant was restarted while people were called", async () => {
    await using started = await alarm();
    const call = await answered(ALICE);
    await house.restartCore();
    await using over = await house.client.events("test_over");
    await call.press("1");
    expect((await over.next()).data).toEqual({ by: { name: "Alice" } });
    expect(started.name).not.toBe("");
  });

  test.for(["unanswered", "blocked"])(
    "run the actions one time if their own alarm ends as %s, and never for another alarm",
    async (state) => {
      const name = `Not taken: ${state}`;
      await useBlueprint(house.client, "alarm_call", { ...ALARM, alarm_name: name });
      await using over = await house.client.events("test_over");
      for (const alarmName of ["Another alarm", name])
        await house.client.command({
          type: "fire_event",
          event_type: "twilio_alarm",
          event_data: { alarm: alarmName, state, person: null },
        });
      expect((await over.next()).data).toEqual({ by: "nobody" });
      expect(over.all()).toHaveLength(1);
    },
  );

  test.for([
    ["a number", 12, "12"],
    ["a text with blanks", " Cellar  ", "cellar"],
    ["empty", "", "alarm_call"],
    ["null", null, "alarm_call"],
  ] as const)("run the actions of an alarm whose name is %s", async ([_what, alarmName, name]) => {
    await using states = await house.client.events("twilio_alarm");
    await using started = await alarm({ alarm_name: alarmName, contacts: [FRED], channels: ["sms"] });
    await states.next();
    await house.client.callService("script", "twilio_alarm", { do: "take", alarm: name, person: "Bob" });
    expect((await started.over.next()).data).toEqual({ by: { name: "Bob" } });
    await house.client.callService("script", "twilio_alarm", { do: "stop", alarm: name });
  });

  test("accept minutes that YAML has as texts or with decimals", async () => {
    await using requests = await house.client.events("twilio_request");
    await using started = await alarm({
      contacts: ["Nobody known"],
      give_up_minutes: "90",
      remind_minutes: 0.33,
    });
    expect((await requests.next()).data["payload"]).toMatchObject({
      give_up_after: 5_400,
      remind_seconds: 20,
    });
    await started.over.next();
  });

  test("report an alarm that the app refuses, with the reason", async () => {
    await using started = await alarm({ contacts: ["Nobody known"] });
    expect((await started.over.next()).data).toEqual({
      failure: expect.stringContaining("Nobody known") as string,
    });
  });

  test("call for help with a button, in the name of the person who needs help", async () => {
    await useBlueprint(house.client, "help_button", HELP);
    await using over = await house.client.events("test_over");
    await house.client.command({ type: "fire_event", event_type: "test_button" });
    const call = await answered(CAROL);
    expect(call.said[0]).toContain("Grandmother. The button for help was pressed.");
    await call.press("1");
    expect((await over.next()).data).toEqual({ by: { name: CAROL } });
  });

  test("call people if a sensor reports water, and say the name of the sensor", async () => {
    const set = async (state: string) =>
      await house.client.post(`/api/states/${SENSOR}`, {
        state,
        attributes: { friendly_name: "Water in the cellar", device_class: "moisture" },
      });
    await set("off");
    await useBlueprint(house.client, "water_or_smoke", WATER);
    await using over = await house.client.events("test_over");
    await set("on");
    const call = await answered(DAN);
    expect(call.said[0]).toContain("Water in the cellar. The sensor has reported a danger in your home.");
    await call.press("1");
    expect((await over.next()).data).toEqual({ by: { name: DAN } });
  });

  test("call people if a sensor of a group reports water, and run the actions", async () => {
    const set = (state: string) =>
      house.client.post("/api/states/binary_sensor.test_attic", { state, attributes: {} });
    await set("off");
    await useBlueprint(house.client, "water_or_smoke", {
      ...WATER,
      sensors: "binary_sensor.all_leaks",
      contacts: [ERIN],
    });
    await using over = await house.client.events("test_over");
    await set("on");
    const call = await answered(ERIN);
    expect(call.said[0]).toContain("All leaks. ");
    await call.press("1");
    expect((await over.next()).data).toEqual({ by: { name: ERIN } });
  });
});
