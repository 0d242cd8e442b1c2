import { afterAll, beforeAll, expect, test } from "vitest";

import { ALICE, BOB, OURS, startBlueprintHouse, STRANGER } from "../../house/start-blueprint-house.ts";
import type { BlueprintHouse } from "../../house/start-blueprint-house.ts";
import { removeAutomation, useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

/** An action that reports the variables of the blueprint to the test. */
const REPORT = {
  event: "test_report",
  event_data: { name: "{{ message.name }}", number: "{{ [message.number] }}", text: "{{ [message.text] }}" },
};

describeWithCore("the blueprints that report and forward messages", (installation) => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
  });
  afterAll(async () => {
    expect(house.twilio.violations()).toEqual([]);
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  const sent = () => house.twilio.messages().filter(({ direction }) => direction !== "inbound");

  test("report a message with the contact's name, the number and the text", async () => {
    await useBlueprint(house.client, "tell_message", { actions: [REPORT] });
    await using reports = await house.client.events("test_report");
    await house.write(ALICE, "[1, 2]");
    expect((await reports.next()).data).toEqual({ name: "Alice", number: [ALICE], text: ["[1, 2]"] });
  });

  test("show a message as a notification in Home Assistant if no other actions are selected", async () => {
    await useBlueprint(house.client, "tell_message", { senders: "strangers" }, "tell_strangers");
    await using calls = await house.client.events("call_service");
    await house.write(STRANGER, "0042");
    const notifications = async (): Promise<unknown> => {
      for (;;) {
        const { data } = await calls.next();
        if (data["domain"] === "persistent_notification") return data["service_data"];
      }
    };
    expect(await notifications()).toMatchObject({ title: `Message from ${STRANGER}`, message: "0042" });
  });

  test("forward a message to the other phones, but not to its sender", async () => {
    await useBlueprint(house.client, "forward_message", { phones: ["Alice", BOB] });
    await using results = await house.client.events("twilio_result");
    const before = sent().length;
    await house.write(STRANGER, "Is anybody there?");
    await results.next();
    const text = `From ${STRANGER}:\nIs anybody there?`;
    expect(
      sent()
        .slice(before)
        .map(({ from, to, body }) => ({ from, to, body })),
    ).toEqual([
      { from: OURS, to: ALICE, body: text },
      { from: OURS, to: BOB, body: text },
    ]);

    await house.write(ALICE, "I am.");
    await results.next();
    expect(
      sent()
        .slice(before + 2)
        .map(({ to, body }) => ({ to, body })),
    ).toEqual([{ to: BOB, body: "From Alice:\nI am." }]);
    await house.write(BOB, "42");
    await results.next();
    expect(sent().at(-1)).toMatchObject({ to: ALICE, body: "From Bob:\n42" });
  });

  /** Makes the automation that forwards to `phones`, in place of an earlier one. */
  async function forwardTo(phones: unknown): Promise<void> {
    await removeAutomation(house.client, "forward_message").catch(() => undefined);
    await useBlueprint(house.client, "forward_message", { phones });
  }

  /** Starts `write`, waits for this number of results, and returns the messages that the app sent. */
  async function forwarded(write: () => Promise<unknown>, count = 1) {
    const before = sent().length;
    await using results = await house.client.events("twilio_result");
    await write();
    for (let part = 0; part < count; part += 1) await results.next();
    return sent().slice(before);
  }

  test.each([
    ["a number in another spelling", [ALICE, BOB.replace("+1212", "+1 (212) / ")]],
    ["a number that YAML has read as a number", ["Alice", Number(BOB)]],
    ["a number as it is dialled at home", [ALICE, "(212) 555-0124"]],
    ["a number with the prefix for calls abroad", [ALICE, BOB.replace("+", "00")]],
  ])(
    "do not forward a message by WhatsApp to its sender, whom the blueprint has as %s",
    async (_what, phones) => {
      await forwardTo(phones);
      const body = "By WhatsApp";
      const messages = await forwarded(() =>
        house.twilio.receiveMessage({ from: `whatsapp:${BOB}`, to: `whatsapp:${OURS}`, body }),
      );
      expect(messages).toMatchObject([{ to: ALICE, body: `From Bob:\n${body}` }]);
    },
  );

  test("forward a message to the only phone if the blueprint has it as a text and not as a list", async () => {
    await forwardTo("Alice");
    expect(await forwarded(() => house.write(BOB, "One phone"))).toMatchObject([{ to: ALICE }]);
  });

  test.each([
    ["a message of 1,600 characters", "x".repeat(1_600), 1_600],
    ["a message of 800 emoji", "😀".repeat(800), 1_600],
  ])("forward %s in two parts, because the name before it makes it too long", async (_what, body, most) => {
    await forwardTo(["Alice"]);
    const parts = await forwarded(() => house.write(BOB, body), 2);
    expect(parts.map(({ to }) => to)).toEqual([ALICE, ALICE]);
    expect(parts.map((part) => part.body).join("")).toBe(`From Bob:\n${body}`);
    for (const part of parts) expect(part.body.length).toBeLessThanOrEqual(most);
  });
});
