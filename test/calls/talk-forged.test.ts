import { rm } from "node:fs/promises";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { sendSigned } from "../app/send-signed.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { ageWebhooks } from "../journal/change-journal.ts";
import type { SimulatedCall } from "../twilio-simulator/phone/simulated-call.ts";
import { callParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { TalkHouse } from "./talk-house.ts";

const CALLER = { from: THEIRS, to: OURS };

const paramsOf = (house: TalkHouse, callSid: string, others: Readonly<Record<string, string>> = {}) => ({
  ...callParameters({
    accountSid: house.twilio.accountSid,
    callSid,
    ...CALLER,
    status: "in-progress",
    direction: "inbound",
  }),
  ...others,
});

/** A caller who hears a question, and the URL to which Twilio sends the input. */
async function askedCaller(house: TalkHouse) {
  const call = await house.twilio.ring(CALLER);
  const answer = house.talk(call.sid, { say: "PIN?", ask: "digits", digits: 4 });
  await call.until(() => call.waitingFor === "gather");
  return { call, answer, target: targetIn(call) };
}

function targetIn(call: SimulatedCall): string {
  const [, target = ""] = /action="https:\/\/home\.example([^"#]+)/.exec(call.documents.at(-1) ?? "") ?? [];
  return target;
}

/** Other spellings of the same URL. */
const respelt = (target: string): readonly [string, string][] => [
  ["a further parameter", `${target}&x=1`],
  ["a parameter before", target.replace("?", "?a=1&")],
  ["the parameter twice", `${target}&${target.slice(target.indexOf("s="))}`],
  ["an empty parameter", `${target}&`],
  ["another name", target.replace("?s=", "?t=")],
  ["an escaped name", target.replace("?s=", "?%73=")],
  ["an escaped letter", target.replace(/(.)$/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)],
  ["padding", `${target}=`],
  ["no token", "/talk?s="],
  ["no query", "/talk"],
  ["an escaped path", target.replace("/talk", "/%74alk")],
  ["half of it", target.slice(0, -20)],
  ["something after it", `${target}AAAA`],
];

test("a signed webhook is refused if its URL differs from the URL that the app wrote, and the call continues", async () => {
  await using house = await startTalkHouse();
  const { call, answer, target } = await askedCaller(house);
  const parameters = paramsOf(house, call.sid, { Digits: "6666" });
  for (const [what, changed] of respelt(target)) {
    const { status, body } = await sendSigned(house, { target: changed, parameters });
    expect([what, status >= 400 && status < 500]).toEqual([what, true]);
    expect(body).not.toContain("<Response");
  }
  await call.press("4711");
  expect(await answer).toMatchObject({ ok: true, input: "4711" });
});

test("a webhook is refused if the URL of its call was changed after signing", async () => {
  await using house = await startTalkHouse();
  const { call, answer, target } = await askedCaller(house);
  const parameters = paramsOf(house, call.sid, { Digits: "6666" });
  for (const [what, changed] of respelt(target)) {
    const { status } = await sendSigned(house, { target: changed, signed: target, parameters });
    expect([what, status >= 400 && status < 500]).toEqual([what, true]);
  }
  await call.press("4711");
  expect(await answer).toMatchObject({ ok: true, input: "4711" });
});

test("the URL that the app wrote for one call is refused with the SID of another call or an invalid SID", async () => {
  await using house = await startTalkHouse();
  const first = await askedCaller(house);
  const second = await askedCaller(house);
  const sids = [
    second.call.sid,
    "",
    "CA1",
    "new",
    first.call.sid.replace("CA", "ca"),
    `${first.call.sid}0`,
    "hold",
  ];
  for (const sid of sids) {
    const parameters = paramsOf(house, sid, { Digits: "6666" });
    expect([sid, (await sendSigned(house, { target: first.target, parameters })).status]).toEqual([sid, 400]);
  }
  const { CallSid: _, ...without } = paramsOf(house, first.call.sid, { Digits: "6666" });
  expect((await sendSigned(house, { target: first.target, parameters: without })).status).toBe(400);
  await first.call.press("1111");
  await second.call.press("2222");
  expect([await first.answer, await second.answer]).toMatchObject([{ input: "1111" }, { input: "2222" }]);
});

test("the URL of a call accepts only POST requests", async () => {
  await using house = await startTalkHouse();
  const { target } = await askedCaller(house);
  expect((await sendSigned(house, { target, parameters: {}, method: "GET" })).status).toBe(405);
});

test("a webhook with the right token in its URL is refused if its signature is for another URL", async () => {
  await using house = await startTalkHouse();
  const { call, target } = await askedCaller(house);
  const parameters = paramsOf(house, call.sid, { Digits: "6666" });
  expect((await sendSigned(house, { target, signed: "/talk", parameters })).status).toBe(403);
});

test("a new installation refuses the URLs that older versions of the app wrote", async () => {
  await using house = await startTalkHouse();
  const { call } = await askedCaller(house);
  const target = `/talk/${call.sid}/hold?h=8&s=30&l=en-US&q=1&t=1`;
  expect((await sendSigned(house, { target, parameters: paramsOf(house, call.sid) })).status).toBe(404);
});

test("after the journal was lost, a changed URL of a call in progress is refused, and its own URL gets a goodbye", async () => {
  await using house = await startTalkHouse();
  const { call, target } = await askedCaller(house);
  await house.app.restart(async () => {
    for (const end of ["", "-wal", "-shm"])
      await rm(join(house.app.directory, `journal.db${end}`), { force: true });
  });
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
  const parameters = paramsOf(house, call.sid);
  expect((await sendSigned(house, { target: `${target}&x=1`, parameters })).status).toBe(400);
  await call.press("4711");
  await call.over();
  expect(call.said).toEqual(["PIN?", "Sorry, this cannot go on right now. Goodbye."]);
  expect(call.notes).toEqual([]);
});

test("if somebody replays a call's webhook after a restart, the caller still gets the next step", async () => {
  await using house = await startTalkHouse({}, { pauseScale: 0.05 });
  const { call, answer } = await askedCaller(house);
  await call.press("4711");
  await answer;
  await house.talk(call.sid, { say: "Next.", hold_seconds: 1 });
  await call.until(() => call.requests.length >= 3);
  const captured = call.requests.find(({ parameters }) => parameters["Digits"] === "4711");
  // The webhook counts as received long ago, because Twilio itself repeats a webhook only for some seconds.
  await house.app.restart(() => ageWebhooks(house.app.directory));
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
  const { url = "", parameters = {} } = captured ?? {};
  const again = sendSigned(house, { target: url.slice(PUBLIC_URL.length), parameters });
  const said = house.talk(call.sid, { say: "Secret.", then: "hang_up" }, "secret");
  expect((await again).body).not.toContain("Secret.");
  expect(await said).toMatchObject({ ok: true });
  await call.over();
  expect(call.said).toEqual(["PIN?", "Next.", "Secret."]);
});
