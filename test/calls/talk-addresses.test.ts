import { expect, test } from "vitest";

import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { tokenOf } from "./talk-address.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { TalkHouse } from "./talk-house.ts";

const PICTURE = { type: "image/jpeg", content: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]) };
const SOURCE = "media-source://media_source/local/a.jpg";

let asked = 0;
function request(house: TalkHouse, command: string, payload: Readonly<Record<string, unknown>>) {
  const request_id = `sent_${(asked += 1)}`;
  house.request({ request_id, command, timeout: 60, payload: { to: THEIRS, sender: OURS, ...payload } });
  return house.result(request_id);
}

/** Uses every feature that makes the app give Twilio a URL. */
async function doEverything(house: TalkHouse): Promise<void> {
  // The clock runs, so that waits and pauses of calls end.
  house.startClock();
  house.home.media.files.set("/media/local/a.jpg", PICTURE);
  await request(house, "send_message", { message: "A picture", media: [SOURCE] });
  const called = request(house, "make_call", {
    say: "Press 1.",
    ask: "digits",
    digits: 1,
    then: "talk",
    detect_machine: true,
    record: true,
    language: "de-DE",
    voice: "Polly.Vicki",
  });
  const outgoing = house.twilio.answer((await house.twilio.outgoingCall(THEIRS)).sid);
  await outgoing.until(() => outgoing.waitingFor === "gather");
  await outgoing.press("1");
  await called;
  await house.talk(outgoing.sid, { say: "Bye.", then: "hang_up" });
  await outgoing.over();
  const call = await house.twilio.ring({ from: THEIRS, to: OURS });
  const entered = house.talk(call.sid, {
    ask: "either",
    repeat: 2,
    voice: "Zoë & 小 +%3F/=",
    hold_seconds: 1,
  });
  await call.until(() => call.waitingFor === "gather");
  await call.stayQuiet();
  await call.until(() => call.requests.length === 2 && call.waitingFor === "gather");
  await call.press("7#");
  await entered;
  await call.until(() => call.requests.length === 4);
  const recorded = house.talk(call.sid, { record: 10, language: "zh & TW" });
  await call.until(() => call.waitingFor === "record");
  await call.record(3);
  await recorded;
  const forwarded = house.talk(call.sid, { forward_to: "+12125550199", then: "hang_up" });
  await call.until(() => call.waitingFor === "dial");
  await call.endForward("completed");
  await forwarded;
  await call.over();
  expect([...outgoing.notes, ...call.notes]).toEqual([]);
}

test("each URL that the app gives to Twilio has no parameter or one, and URLs of steps have only characters that need no escaping", async () => {
  await using house = await startTalkHouse();
  await doEverything(house);
  const kinds = house.twilio.addresses().map((address) => {
    const { pathname, searchParams } = new URL(address);
    const path = pathname.startsWith("/media/") ? "/media" : pathname;
    return `${path}?${[...searchParams.keys()].join("&")}`;
  });
  expect(new Set(kinds)).toEqual(
    new Set(["/media?", "/recording?ref", "/status/call?ref", "/status/message?ref", "/talk?s"]),
  );
  const talks = house.twilio.addresses().filter((address) => address.startsWith(`${PUBLIC_URL}/talk?`));
  expect(new Set(talks.map((url) => String(tokenOf({ url }).step))).size).toBeGreaterThanOrEqual(5);
  expect(talks.every((address) => /^[\w:/.?=-]+#rc=5&rp=all$/.test(address))).toBe(true);
  expect(house.twilio.violations()).toEqual([]);
});

test("steps, calls, messages and recordings work even if Twilio sorts the query of a URL after signing it", async () => {
  await using house = await startTalkHouse({}, { sortsQueries: true });
  await doEverything(house);
  expect(house.app.lines.filter((line) => line.includes("Refused"))).toEqual([]);
});
