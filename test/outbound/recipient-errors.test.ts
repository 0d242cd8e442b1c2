import { expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";

const REQUEST = { request_id: "req_1", command: "send_message" };

async function settles(check: () => void): Promise<void> {
  await vi.waitFor(check, { interval: 5 });
}

test.each<[string, object, string]>([
  [
    "an empty recipient in a list",
    { to: [THEIRS, " "], message: "hi" },
    "to (entry 2) is empty: enter a phone number",
  ],
  ["a name of no contact", { to: "Bob", message: "hi" }, "to: Bob is neither a number nor the name"],
  [
    "a name of no contact in a list",
    { to: [THEIRS, "Bob"], message: "hi" },
    "to (entry 2): Bob is neither a number nor the name",
  ],
])("the error about %s names the recipient and its field", async (_what, payload, message) => {
  await using house = await startHouse();
  house.request({ ...REQUEST, payload });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  const [result] = house.fired("twilio_result");
  expect(result).toMatchObject({ ok: false, error: { code: "invalid" } });
  expect(result?.["error"]).toMatchObject({ message: expect.stringContaining(message) });
});

test.each<[string, unknown, string]>([
  ["null, which an attribute without a value gives", null, "to (entry 2) is empty: enter a phone number"],
  ["an empty mapping", {}, "to (entry 2) is empty: enter a phone number"],
  ["a boolean", true, "to (entry 2): it is neither a number nor a contact's name"],
  ["a number with decimals", 12.5, "to (entry 2): it is neither a number nor a contact's name"],
])(
  "if one recipient in a list is %s, only this recipient gets an error, and the others get the message",
  async (_what, wrong, message) => {
    await using house = await startHouse();
    house.request({ ...REQUEST, payload: { to: [THEIRS, wrong], message: "hi" } });
    await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
    expect(house.fired("twilio_result")[0]).toMatchObject({
      ok: false,
      recipients: [
        { to: THEIRS, sid: expect.any(String), error: null },
        { sid: null, error: { code: "invalid", message: expect.stringContaining(message) } },
      ],
    });
    expect(house.twilio.messages()).toMatchObject([{ to: THEIRS }]);
  },
);

test("a list of recipients that is an entry of another list, as from a template, gets the message", async () => {
  await using house = await startHouse();
  house.request({ ...REQUEST, payload: { to: [THEIRS, ["+12125550124"]], message: "hi" } });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.fired("twilio_result")[0]).toMatchObject({
    ok: true,
    recipients: [{ to: THEIRS }, { to: "+12125550124" }],
  });
});

test("the error about a notifier's target that is neither a number nor a contact names its field, and an empty target is ignored", async () => {
  await using house = await startHouse({ notifiers: [{ name: "sms", type: "sms", from_number: OURS }] });
  house.home.emit("call_service", {
    domain: "notify",
    service: "sms",
    service_data: { message: "hi", target: ["Bob", "Zed", ""], data: { media_url: "" } },
  });
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.fired("twilio_result")[0]).toMatchObject({
    recipients: [
      { error: { message: expect.stringContaining("target (entry 1): Bob is neither") } },
      { error: { message: expect.stringContaining("target (entry 2): Zed is neither") } },
    ],
  });
});
