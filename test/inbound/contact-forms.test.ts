import { expect, test, vi } from "vitest";

import { OURS, startHouse } from "../app/start-house.ts";

const CONTACTS = [
  { name: "Ana", number: "+5511987654321" },
  { name: "Luis", number: "+525512345678" },
  { name: "Eva", number: "+541123456789" },
];

test.each([
  ["whatsapp:+551187654321", "Ana"],
  ["whatsapp:+5215512345678", "Luis"],
  ["+5215512345678", "Luis"],
  ["whatsapp:+5491123456789", "Eva"],
])(
  "the first messages from %s name the contact, but are marked as unverified until the app has sent something to this form of the number",
  async (from, contact) => {
    await using house = await startHouse({ contacts: CONTACTS }, { numbers: [OURS, `whatsapp:${OURS}`] });
    const to = from.startsWith("whatsapp:") ? `whatsapp:${OURS}` : OURS;
    const write = async (body: string): Promise<unknown> => {
      await house.twilio.receiveMessage({ from, to, body });
      await vi.waitFor(() =>
        expect(house.fired("twilio_data_received").at(-1)).toMatchObject({ Body: body }),
      );
      return house.fired("twilio_data_received").at(-1);
    };
    expect(await write("one")).toMatchObject({ contact, contact_unverified: true });
    expect(await write("two")).toMatchObject({ contact, contact_unverified: true });
    expect(house.app.lines.join("\n")).toContain("but the contact's number has another form");
    house.request({ command: "send_message", payload: { to: contact, message: "hi", sender: to } });
    await vi.waitFor(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
    expect(house.twilio.messages().at(-1)).toMatchObject({ to: from });
    const verified = await write("three");
    expect(verified).toMatchObject({ contact });
    expect(verified).not.toHaveProperty("contact_unverified");
  },
);

test("a call from the other form of a contact's number is marked as unverified, and one from the contact's own form is not", async () => {
  await using house = await startHouse({ contacts: CONTACTS });
  const calledFrom = async (from: string): Promise<unknown> => {
    await house.twilio.ring({ from, to: OURS });
    await vi.waitFor(() => expect(house.fired("twilio_data_received").at(-1)).toMatchObject({ From: from }));
    return house.fired("twilio_data_received").at(-1);
  };
  expect(await calledFrom("+5215512345678")).toMatchObject({ contact: "Luis", contact_unverified: true });
  const own = await calledFrom("+525512345678");
  expect(own).toMatchObject({ contact: "Luis" });
  expect(own).not.toHaveProperty("contact_unverified");
});

test("a message that Twilio refused does not make the form of a number verified", async () => {
  await using house = await startHouse({ contacts: CONTACTS });
  const from = "+5215512345678";
  house.twilio.failNext({ kind: "status", status: 400 });
  house.request({ command: "send_message", payload: { to: from, message: "hi" } });
  await vi.waitFor(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: false }]));
  await house.twilio.receiveMessage({ from, to: OURS, body: "one" });
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received")).toMatchObject([
      { contact: "Luis", contact_unverified: true },
    ]),
  );
});
