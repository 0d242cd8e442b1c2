import { describe, expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { startTalkHouse } from "../calls/talk-house.ts";

/** The machine may be busy, so wait as long as the test's own time limit allows. */
const until = <Result>(check: () => Result) => vi.waitFor(check, { interval: 10 });

const NOTIFIERS = [
  { name: "sms", type: "sms", from_number: ` \u202A${OURS}\u202C ` },
  { name: "call", type: "call", from_number: `"tel:${OURS}"` },
];
const CONTACTS = [{ name: "O’Brien", number: "\u200E＋1 (212) 555‑0123" }];

/** Each field in which an automation writes a recipient or sender. */
const ASKED: Readonly<Record<string, (house: TestHouse, to: unknown) => void>> = {
  send_message: (house, to) =>
    house.request({ command: "send_message", payload: { to, message: "Hello", sender: `'"${OURS}"'` } }),
  make_call: (house, to) =>
    house.request({ command: "make_call", payload: { to, say: "Hello", sender: `tel:${OURS}` } }),
  "notify.sms": (house, target) => notify(house, "sms", target),
  "notify.call": (house, target) => notify(house, "call", target),
};

function notify(house: TestHouse, service: string, target: unknown): void {
  house.home.emit("call_service", { domain: "notify", service, service_data: { message: "Hello", target } });
}

async function resultOf(house: TestHouse) {
  await until(() => expect(house.fired("twilio_result")).toHaveLength(1));
  return house.fired("twilio_result")[0];
}

describe.each(Object.entries(ASKED))("an action or notifier: %s", (_place, ask) => {
  test.each([
    "\u200B+1 212\u2011555\u20110123",
    '""+12125550123""',
    "tel:+1-212-555-0123",
    "O'Brien",
    "“o’brien”",
  ])("sends to the number that %j means, from the sender of this action or notifier", async (to) => {
    await using house = await startHouse({ notifiers: NOTIFIERS, contacts: CONTACTS });
    ask(house, to);
    expect(await resultOf(house)).toMatchObject({ ok: true });
    const sent = house.twilio.requests().filter(({ method }) => method === "POST");
    expect(sent.map(({ form }) => [form["To"], form["From"]])).toEqual([[THEIRS, OURS]]);
  });

  test.each([
    [911, "is an emergency number"],
    ["+1 911", "is an emergency number"],
    ["１１２", "is an emergency number"],
    ["+266696687", "withheld"],
    [266_696_687, "withheld"],
    ["+12125550123 ext. 7", "use send_digits"],
  ])("refuses the recipient %j with an explanation, without a request to Twilio", async (to, reason) => {
    await using house = await startHouse({ notifiers: NOTIFIERS });
    ask(house, to);
    expect(await resultOf(house)).toMatchObject({ ok: false });
    expect(JSON.stringify(await resultOf(house))).toContain(reason);
    expect(house.posts()).toBe(0);
    expect(house.app.lines.join("\n")).not.toContain("2125550123");
  });
});

test.each([112, "+1911", "whatsapp:911", "Fire brigade"])(
  "a step that forwards the call to the emergency number %j is refused, and the caller stays on the line",
  async (to) => {
    await using house = await startTalkHouse({ contacts: [{ name: "Fire brigade", number: "911" }] });
    const call = await house.twilio.ring({ from: THEIRS, to: OURS });
    expect(await house.talk(call.sid, { forward_to: to })).toMatchObject({
      ok: false,
      error: { code: "invalid", message: expect.stringContaining("is an emergency number") },
    });
    expect(call.state).toBe("ringing");
  },
);
