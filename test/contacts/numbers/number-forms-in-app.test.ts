import { describe, expect, test, vi } from "vitest";

import { OURS, startHouse } from "../../app/start-house.ts";
import type { TestHouse } from "../../app/start-house.ts";

/** The machine may be busy, so wait as long as the test's own time limit allows. */
const until = <Result>(check: () => Result) => vi.waitFor(check, { interval: 10 });

const PAIRS = [
  ["+525512345678", "+5215512345678"],
  ["+5215512345678", "+525512345678"],
  ["+5511987654321", "+551187654321"],
  ["+551187654321", "+5511987654321"],
  ["+541123456789", "+5491123456789"],
] as const;

const startWith = (number: string): Promise<TestHouse> =>
  startHouse({
    default_sender: OURS,
    contacts: [{ name: "Alice", number }],
    incoming_messages: { strangers: "ignore" },
  });

/** Sends a message and resolves to the recipient address at Twilio. */
async function write(house: TestHouse, to: string, over: object = {}): Promise<unknown> {
  const before = house.twilio.requests().length;
  house.request({ command: "send_message", payload: { to, message: "hi", ...over } });
  await until(() => expect(house.twilio.requests()).toHaveLength(before + 1));
  return house.twilio.requests().at(-1)?.form["To"];
}

async function receive(house: TestHouse, from: string, body: string): Promise<void> {
  const to = from.startsWith("whatsapp:") ? `whatsapp:${OURS}` : OURS;
  await house.twilio.receiveMessage({ from, to, body });
  await until(() =>
    expect(house.fired("twilio_data_received").at(-1)).toMatchObject({
      Body: body,
      contact: "Alice",
      From: from,
    }),
  );
}

describe("a contact whose number WhatsApp writes in another form", () => {
  test.each(PAIRS)(
    "(%s in the options, %s from WhatsApp) is recognized and gets replies in WhatsApp's form",
    async (entered, received) => {
      await using house = await startWith(entered);
      expect(await write(house, "Alice")).toBe(entered);
      await receive(house, `whatsapp:${received}`, "by WhatsApp");
      for (const [to, over] of [
        ["Alice", { channel: "whatsapp" }],
        ["whatsapp:Alice", {}],
        ["Alice", { sender: `whatsapp:${OURS}` }],
      ] as const)
        expect(await write(house, to, over)).toBe(`whatsapp:${received}`);
      // By SMS and RCS, no message was received.
      expect(await write(house, "Alice")).toBe(entered);
      expect(await write(house, "rcs:Alice")).toBe(`rcs:${entered}`);
      // A plain number is never changed.
      expect(await write(house, `whatsapp:${entered}`)).toBe(`whatsapp:${entered}`);
      await receive(house, received, "by SMS");
      expect(await write(house, "Alice")).toBe(received);
      await receive(house, `whatsapp:${entered}`, "by WhatsApp again");
      expect(await write(house, "whatsapp:Alice")).toBe(`whatsapp:${entered}`);
      expect(await write(house, "Alice")).toBe(received);
    },
  );

  test("is recognized in an incoming call, and is called back at the number from which that call came", async () => {
    await using house = await startWith("+5215512345678");
    await house.twilio.placeCall({ from: "+525512345678", to: OURS });
    await until(() =>
      expect(house.fired("twilio_data_received")).toMatchObject([
        { contact: "Alice", From: "+525512345678" },
      ]),
    );
    house.request({ command: "make_call", payload: { to: "Alice", say: "hi" } });
    await until(() => expect(house.twilio.calls().at(-1)).toMatchObject({ to: "+525512345678" }));
  });

  test("is treated as a stranger if two contacts match the form", async () => {
    const contacts = ["Alice", "Bob"].map((name) => ({ name, number: "+525512345678" }));
    await using house = await startHouse({ contacts });
    await house.twilio.receiveMessage({
      from: "whatsapp:+5215512345678",
      to: `whatsapp:${OURS}`,
      body: "hi",
    });
    await until(() => expect(house.fired("twilio_data_received")).toMatchObject([{ contact: null }]));
  });
});
