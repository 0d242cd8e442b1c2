import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import type { SimulatedCall } from "../../../twilio-simulator/phone/simulated-call.ts";
import {
  ALICE,
  type BlueprintHouse,
  LUIS_OTHER_FORM,
  startBlueprintHouse,
  STRANGER,
} from "../../house/start-blueprint-house.ts";
import { useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const COUNTER = "counter.wrong_pins";

const INPUT = {
  pin: "0042",
  counter: COUNTER,
  menu: "1 opens, {{ 1 + 1 }} closes.",
  actions_1: [{ event: "test_opens" }],
  confirmation_1: "It opens.",
  actions_2: [{ action: "rest_command.broken" }],
  confirmation_2: "It closes.",
  actions_3: [{ action: "notify.persistent_notification", data: { message: "" } }, { event: "test_three" }],
  confirmation_3: "Three is {{ 2 + 1 }}.",
};

describeWithCore("the blueprint for a menu behind a PIN", (installation) => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
    await useBlueprint(house.client, "pin_menu", INPUT);
  });
  beforeEach(() => house.client.callService("counter", "reset", { entity_id: COUNTER }));
  afterAll(async () => {
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  const count = async (): Promise<number> => Number((await house.client.state(COUNTER))?.state);
  const asks = (call: SimulatedCall, text: string): Promise<void> =>
    call.until(({ waitingFor, said }) => waitingFor === "gather" && said.at(-1)?.includes(text) === true);

  /** Enters PINs, each one after its question. */
  async function enter(call: SimulatedCall, ...pins: string[]): Promise<void> {
    for (const [index, pin] of pins.entries()) {
      await call.until(
        ({ waitingFor, said }) =>
          waitingFor === "gather" && said.filter((text) => text.includes("Your PIN")).length === index + 1,
      );
      await call.press(pin);
    }
  }

  test("leads the caller to the menu after the right PIN, runs the actions of the keys, and ends without an error at a hang-up", async () => {
    await using opens = await house.client.events("test_opens");
    const call = await house.ring(ALICE);
    await enter(call, "0042");
    await asks(call, "1 opens, 2 closes.");
    await call.press("1");
    await opens.next();
    await asks(call, "It opens. 1 opens");
    await call.press("2");
    await asks(call, "That did not work. 1 opens");
    await call.press("3");
    await asks(call, "Three is 3. 1 opens");
    await call.press("4");
    await asks(call, "This key does nothing. 1 opens");
    await call.hangUp();
    await call.over();
    expect(call.notes).toEqual([]);
    expect(await count()).toBe(0);
  });

  test("repeats the question once if the caller enters nothing, and then says goodbye", async () => {
    const call = await house.ring(ALICE);
    for (const times of [1, 2]) {
      await call.until(({ said, waitingFor }) => said.length === times && waitingFor === "gather");
      await call.stayQuiet();
    }
    await call.over();
    expect(call.said).toEqual(["Your PIN, please.", "Your PIN, please.", "Goodbye."]);
    expect(await count()).toBe(0);
  });

  /** The caller enters nothing until the call is over, however often a question is asked. */
  async function stayQuiet(call: SimulatedCall): Promise<void> {
    for (;;) {
      await call.until(({ waitingFor, state }) => waitingFor === "gather" || state === "completed");
      if (call.state === "completed") return await call.over();
      await call.stayQuiet();
    }
  }

  test.each([
    ["nothing", "", []],
    ["a successful action", "1", ["It opens. 1 opens, 2 closes."]],
    ["a failed action", "2", ["That did not work. 1 opens, 2 closes."]],
    ["a key that does nothing", "9", ["This key does nothing. 1 opens, 2 closes."]],
  ])(
    "after silence that follows %s, repeats only the question, and then says goodbye",
    async (_what, key, answers) => {
      const call = await house.ring(ALICE);
      await enter(call, "0042");
      await asks(call, "1 opens, 2 closes.");
      if (key !== "") {
        await call.press(key);
        await asks(call, answers[0] ?? "");
      }
      await stayQuiet(call);
      expect(call.said.slice(1).map((text) => text.trim())).toEqual([
        "1 opens, 2 closes.",
        ...answers,
        "1 opens, 2 closes.",
        "Goodbye.",
      ]);
      expect(call.notes).toEqual([]);
    },
  );

  test("does not treat silence after a wrong PIN as another wrong PIN", async () => {
    const call = await house.ring(ALICE);
    await enter(call, "9999");
    await asks(call, "That was wrong. Your PIN, please.");
    await stayQuiet(call);
    expect(call.said).toEqual([
      "Your PIN, please.",
      "That was wrong. Your PIN, please.",
      "Your PIN, please.",
      "Goodbye.",
    ]);
    expect(await count()).toBe(1);
  });

  test("runs the action of a key that the caller presses after a silence", async () => {
    await using opens = await house.client.events("test_opens");
    const call = await house.ring(ALICE);
    await enter(call, "0042");
    await asks(call, "1 opens, 2 closes.");
    await call.stayQuiet();
    await call.until(({ said, waitingFor }) => said.length === 3 && waitingFor === "gather");
    await call.press("1");
    await opens.next();
    await asks(call, "It opens. 1 opens");
    await call.hangUp();
    expect(opens.all()).toHaveLength(1);
  });

  test("ends the call after the third wrong PIN, and counts each wrong PIN", async () => {
    await using opens = await house.client.events("test_opens");
    const call = await house.ring(ALICE);
    await enter(call, "0043", "4242", "42#");
    await call.over();
    expect(call.said.slice(1)).toEqual([
      "That was wrong. Your PIN, please.",
      "That was wrong. Your PIN, please.",
      "That was wrong. Goodbye.",
    ]);
    expect(await count()).toBe(3);
    expect(opens.all()).toEqual([]);
  });

  test("refuses every PIN after five wrong PINs on any calls, also after a restart, and notifies the owner", async () => {
    const first = await house.ring(ALICE);
    await enter(first, "1111", "2222", "3333");
    await first.over();
    const second = await house.ring(ALICE);
    await enter(second, "4444", "5555");
    await second.over();
    expect(second.said.at(-1)).toBe("There were too many wrong PINs. Try again in an hour.");
    await vi.waitFor(async () => {
      const shown = await house.client.persistentNotifications();
      expect(shown.map(({ message }) => message).join()).toContain(`by Alice (${ALICE})`);
    });
    const third = await house.ring(ALICE);
    await third.over();
    expect(third.said).toEqual(["There were too many wrong PINs. Try again in an hour."]);
    await house.restartCore();
    const fourth = await house.ring(ALICE);
    await fourth.over();
    expect(fourth.said).toEqual(third.said);
    expect(await count()).toBe(5);
  });

  test("checks at most five PINs if many calls enter PINs at the same time", async () => {
    const calls = await Promise.all(Array.from({ length: 8 }, () => house.ring(ALICE)));
    await Promise.all(calls.map((call) => asks(call, "Your PIN, please.")));
    const guessing = calls.slice(0, 7);
    await Promise.all(guessing.map((call) => call.press("9999")));
    await Promise.all(
      guessing.map((call) =>
        call.until(
          ({ state, said, waitingFor }) =>
            state === "completed" || (said.length === 2 && waitingFor === "gather"),
        ),
      ),
    );
    const lucky = calls.filter(({ state }) => state === "in-progress");
    await Promise.all(lucky.map((call) => call.press("0042")));
    await Promise.all(calls.map((call) => call.over()));
    const texts = calls.flatMap(({ said }) => said);
    expect(lucky).toContain(calls[7]);
    expect(texts.filter((text) => text.includes("That was wrong")).length).toBeLessThanOrEqual(5);
    expect(texts.filter((text) => text.includes("1 opens"))).toEqual([]);
    expect(texts.filter((text) => text.includes("too many"))).toHaveLength(8);
  });

  test("does not count it as a wrong PIN if the caller hangs up while entering the PIN", async () => {
    const call = await house.ring(ALICE);
    await asks(call, "Your PIN, please.");
    await call.press("00");
    await call.hangUp();
    await call.over();
    const next = await house.ring(ALICE);
    await enter(next, "0042");
    await asks(next, "1 opens");
    await next.hangUp();
    expect(await count()).toBe(0);
  });

  test.each([
    ["who is no contact", STRANGER],
    ["with the other form of a contact's number", LUIS_OTHER_FORM],
  ])("does not ask a caller %s for the PIN", async (_who, from) => {
    const [call] = await house.ringUntaken([from]);
    expect(call?.sounds).toMatchObject([{ rejected: "busy" }]);
  });
});
