import { afterAll, beforeAll, expect, test } from "vitest";

import {
  ALICE,
  BOB,
  type BlueprintHouse,
  OURS,
  startBlueprintHouse,
  LUIS_OTHER_FORM,
  STRANGER,
} from "../../house/start-blueprint-house.ts";
import { useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const INPUT = {
  contacts: ["Alice", "Luis"],
  word_1: "Open gate",
  actions_1: [{ event: "test_command", event_data: { which: "open" } }],
  answer_1: "Open. It is {{ 20 + 1 }} degrees.",
  word_2: "1",
  actions_2: [{ event: "test_command", event_data: { which: "one" } }],
  answer_2: "",
  word_3: "fail",
  actions_3: [{ action: "rest_command.broken" }],
  word_4: "[1]",
  answer_4: "42",
};

describeWithCore("the blueprint for commands by text message", (installation) => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
    await useBlueprint(house.client, "sms_commands", INPUT);
  });
  afterAll(async () => {
    expect(house.twilio.violations()).toEqual([]);
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  const sent = () => house.twilio.messages().filter(({ direction }) => direction !== "inbound");

  /** Sends a message and returns the answer to it. */
  async function answerTo(body: string): Promise<{ from: unknown; to: string; body: string } | undefined> {
    await using results = await house.client.events("twilio_result");
    await house.write(ALICE, body);
    await results.next();
    const { from, to, body: text } = sent().at(-1) ?? {};
    return { from, to: String(to), body: String(text) };
  }

  test.each(["Open gate", " open GATE. ", "OPEN GATE!"])(
    "runs the action of the command %j and answers the message",
    async (body) => {
      await using commands = await house.client.events("test_command");
      expect(await answerTo(body)).toEqual({ from: OURS, to: ALICE, body: "Open. It is 21 degrees." });
      expect((await commands.next()).data).toEqual({ which: "open" });
    },
  );

  test("accepts a number as a command, and sends no answer if none is configured", async () => {
    await using commands = await house.client.events("test_command");
    const before = sent().length;
    await house.write(ALICE, "1");
    expect((await commands.next()).data).toEqual({ which: "one" });
    expect((await answerTo("[1]"))?.body).toBe("42");
    expect(sent()).toHaveLength(before + 1);
  });

  test("tells the sender if the action of a command fails", async () => {
    expect((await answerTo("fail"))?.body).toBe("That did not work.");
  });

  test.each(["help", "", "open", "open gate please", "{{ 1 }}"])(
    "answers the unknown command %j with the list of commands",
    async (body) => {
      expect((await answerTo(body))?.body).toBe("I know these words: Open gate, 1, fail, [1]");
    },
  );

  test("neither runs nor answers commands of strangers, of contacts that are not selected, and from the other form of a contact's number", async () => {
    await using commands = await house.client.events("test_command");
    const before = sent().length;
    await house.write(STRANGER, "open gate");
    await house.write(BOB, "open gate");
    await house.write(LUIS_OTHER_FORM, "open gate");
    await answerTo("help");
    expect(sent()).toHaveLength(before + 1);
    expect(commands.all()).toEqual([]);
  });

  test("does not run a command again if its message may have been delivered before (`redelivered`)", async () => {
    await using commands = await house.client.events("test_command");
    const event_data = {
      MessageSid: "SM1",
      SmsStatus: "received",
      From: ALICE,
      To: OURS,
      Body: "open gate",
      contact: "Alice",
      redelivered: true,
    };
    await house.client.command({ type: "fire_event", event_type: "twilio_data_received", event_data });
    await answerTo("help");
    expect(commands.all()).toEqual([]);
  });
});
