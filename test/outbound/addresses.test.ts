import { describe, expect, test, vi } from "vitest";

import { OURS, startHouse } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";

/** The machine may be busy, so wait as long as the test's own time limit allows. */
const until = <Result>(check: () => Result) => vi.waitFor(check, { interval: 10 });

const NOTIFIER = { name: "sms", type: "sms", from_number: OURS };

/** The fields `From` and `To` of a received message. */
const SENDERS = [
  ["whatsapp:US.1349012345678", `whatsapp:${OURS}`],
  ["whatsapp:+5215512345678", `whatsapp:${OURS}`],
  ["whatsapp:+5491123456789", `whatsapp:${OURS}`],
  ["whatsapp:+12125550123", "whatsapp:+14155238886"],
  ["messenger:1234567890", "messenger:9876543210"],
  ["rcs:+12125550123", "rcs:brand_agent"],
  ["viber:aBc/dE==", "viber:house"],
  ["+5215512345678", OURS],
  ["+99912345678", OURS],
] as const;

const written = (house: TestHouse, from: string, to: string) =>
  house.twilio.receiveMessage({ from, to, body: "Is the gate closed?" });

function notify(house: TestHouse, target: unknown): void {
  const serviceData = { message: "It is.", target };
  house.home.emit("call_service", { domain: "notify", service: "sms", service_data: serviceData });
}

/** The messages that the app posted to Twilio. */
async function sent(house: TestHouse, count = 1) {
  const posted = () => house.twilio.requests().map(({ form }) => ({ To: form["To"], From: form["From"] }));
  await until(() => expect(posted()).toHaveLength(count));
  await until(() => expect(house.fired("twilio_result")).toHaveLength(count));
  return posted();
}

describe("a reply to a received message goes to exactly its sender, from the number that received it:", () => {
  test.each(SENDERS)("to %s from %s, with the action send_message", async (From, To) => {
    await using house = await startHouse({ default_sender: OURS });
    await written(house, From, To);
    house.request({ command: "send_message", payload: { to: From, message: "It is." } });
    expect(await sent(house)).toEqual([{ To: From, From: To }]);
    expect(house.fired("twilio_result")).toMatchObject([{ ok: true, to: From }]);
    expect(house.twilio.violations()).toEqual([]);
  });

  test.each(SENDERS)("to %s from %s, with a notifier", async (From, To) => {
    await using house = await startHouse({ notifiers: [NOTIFIER] });
    await written(house, From, To);
    notify(house, From);
    expect(await sent(house)).toEqual([{ To: From, From: To }]);
    expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]);
  });

  test("also if the account has several numbers and no default sender is set", async () => {
    await using house = await startHouse({}, { numbers: [OURS, "+15005550010"] });
    await written(house, "messenger:1234567890", "messenger:9876543210");
    house.request({ command: "send_message", payload: { to: "messenger:1234567890", message: "It is." } });
    expect(await sent(house)).toEqual([{ To: "messenger:1234567890", From: "messenger:9876543210" }]);
  });

  test("but from another number if the action names it as sender", async () => {
    await using house = await startHouse({ default_sender: OURS });
    await written(house, "messenger:1234567890", "messenger:9876543210");
    const payload = { to: "messenger:1234567890", message: "It is.", sender: "messenger:1111111111" };
    house.request({ command: "send_message", payload });
    expect(await sent(house)).toEqual([{ To: "messenger:1234567890", From: "messenger:1111111111" }]);
  });

  test("and a caller from a Twilio client (`client:…`) is called back there", async () => {
    await using house = await startHouse({ default_sender: OURS });
    await house.twilio.placeCall({ from: "client:anna", to: OURS });
    house.request({ command: "make_call", payload: { to: "client:anna", say: "hi" } });
    await until(() => expect(house.twilio.calls().at(-1)).toMatchObject({ to: "client:anna", from: OURS }));
  });
});

test.each([
  ["sms", "whatsapp:+12125550123", "+12125550123", OURS],
  ["sms", "rcs:+12125550123", "+12125550123", OURS],
  ["whatsapp", "rcs:+12125550123", "whatsapp:+12125550123", `whatsapp:${OURS}`],
  ["whatsapp", "messenger:1234567890", "messenger:1234567890", OURS],
])(
  "with `channel: %s`, a message to a contact with the address %s is sent to %s",
  async (channel, number, To, From) => {
    await using house = await startHouse({ contacts: [{ name: "Alice", number }], default_sender: OURS });
    house.request({ command: "send_message", payload: { to: "Alice", message: "hi", channel } });
    await until(() => expect(house.twilio.requests()).toHaveLength(1));
    expect(house.twilio.requests()[0]?.form).toMatchObject({ To, From });
  },
);

test("a notifier whose sender is an RCS sender reaches plain numbers by RCS", async () => {
  await using house = await startHouse({ notifiers: [{ ...NOTIFIER, from_number: "rcs:brand_agent" }] });
  notify(house, ["+12125550123", "messenger:1234567890"]);
  const posted = await until(() => {
    const forms = house.twilio.requests().map(({ form }) => `${String(form["From"])} ${String(form["To"])}`);
    expect(forms).toHaveLength(2);
    return forms;
  });
  expect(posted.toSorted()).toEqual([
    "rcs:brand_agent messenger:1234567890",
    "rcs:brand_agent rcs:+12125550123",
  ]);
});

describe("a contact whose number in the options is exactly Twilio's `From`", () => {
  test.each(SENDERS)(
    "(such as %s) is named in events and gets messages at this address",
    async (From, To) => {
      const contacts = [{ name: "Alice", number: From }];
      await using house = await startHouse({ contacts, incoming_messages: { strangers: "ignore" } });
      await written(house, From, To);
      await until(() =>
        expect(house.fired("twilio_data_received")).toMatchObject([{ contact: "Alice", From }]),
      );
      house.request({ command: "send_message", payload: { to: "alice", message: "It is." } });
      expect(await sent(house)).toEqual([{ To: From, From: To }]);
    },
  );
});

test("a reply to the name of a recent alphanumeric sender is refused if a contact has the same name", async () => {
  const contacts = [{ name: "MyBank", number: "+12125550123" }];
  await using house = await startHouse({ contacts });
  house.request({ command: "send_message", payload: { to: "MyBank", message: "before" } });
  await sent(house);
  await written(house, "MyBank", OURS);
  house.request({ command: "send_message", payload: { to: "MyBank", message: "after" } });
  await until(() => expect(house.fired("twilio_result")).toHaveLength(2));
  expect(house.fired("twilio_result")[1]).toMatchObject({ ok: false, error: { code: "invalid" } });
  const result = JSON.stringify(house.fired("twilio_result")[1]);
  expect(result).toContain("the contact MyBank (…23) or the sender MyBank");
  expect(house.twilio.requests()).toHaveLength(1);
});
