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
