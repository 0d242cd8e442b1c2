import { expect, test, vi } from "vitest";

import { sendSigned } from "../app/send-signed.ts";
import { OURS, THEIRS } from "../app/start-house.ts";
import { endOldCalls, removeTalkKey } from "../journal/change-journal.ts";
import { callParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { startTalkHouse } from "./talk-house.ts";
import type { TalkHouse } from "./talk-house.ts";

const TERMS = "h=1&s=30&l=en-US";

/** A house that has just been updated, with calls from before the update. */
async function startUpdatedHouse(): Promise<TalkHouse> {
  const house = await startTalkHouse();
  await restart(house, () => removeTalkKey(house.app.directory));
  return house;
}

async function restart(house: TalkHouse, meanwhile: () => Promise<void>): Promise<void> {
  await house.app.restart(meanwhile);
  await vi.waitFor(() => expect(house.home.listensTo("twilio_request")).toBe(true));
}

/** A call in progress for which the simulator sends no webhooks. */
function callInProgress({ twilio }: TalkHouse): string {
  const sid = twilio.addCall({ from: THEIRS, to: OURS });
  const call = twilio.calls().find((one) => one.sid === sid);
  if (call !== undefined) call.status = "in-progress";
  return sid;
}

/** Sends a webhook to a URL of an earlier version. */
function ask(house: TalkHouse, callSid: string, target: string, signed = target) {
  const call = { callSid, from: THEIRS, to: OURS, status: "in-progress", direction: "inbound" };
  const parameters = callParameters({ accountSid: house.twilio.accountSid, ...call });
  return sendSigned(house, { target, signed, parameters });
}

const hold = (sid: string, rest = ""): string => `/talk/${sid}/hold?${TERMS}${rest}&q=${Date.now()}&t=1`;

test("a call that began before an update of the app continues afterwards, with URLs of the new form", async () => {
  await using house = await startUpdatedHouse();
  const sid = callInProgress(house);
  const step = house.talk(sid, { say: "Still here.", then: "hang_up" });
  const { status, body } = await ask(house, sid, hold(sid, "&v=Polly.Vicki"));
  expect(status).toBe(200);
  expect(body).toContain("Still here.");
  expect(body).toContain("https://home.example/talk?s=");
  const [, next = ""] = /home\.example(\/talk\?s=[\w-]+)/.exec(body) ?? [];
  await ask(house, sid, next);
  expect(await step).toMatchObject({ ok: true, ended: "app" });
});

test("four hours after the update, the app refuses URLs of the old form, because no call lasts longer", async () => {
  await using house = await startUpdatedHouse();
  await restart(house, () => endOldCalls(house.app.directory));
  const sid = callInProgress(house);
  expect((await ask(house, sid, hold(sid))).status).toBe(404);
});

test("another restart of the app does not extend the four hours in which URLs of the old form are valid", async () => {
  await using house = await startUpdatedHouse();
  await restart(house, () => endOldCalls(house.app.directory));
  await restart(house, () => Promise.resolve());
  const sid = callInProgress(house);
  expect((await ask(house, sid, hold(sid))).status).toBe(404);
});

test("a URL of the old form in another spelling is refused, and does not get the caller's next step", async () => {
  await using house = await startUpdatedHouse();
  const sid = callInProgress(house);
  const target = hold(sid);
  const held = ask(house, sid, target);
  const others = [
    target.replace("?h=", "?%68="),
    target.replace("en-US", "en%2DUS"),
    target.replace("h=1&s=30", "s=30&h=1"),
    target.replace("?h=1", "?h=1&h=1"),
    `${target}&x=1`,
    `${target}&`,
    target.replace("/hold", "/%68old"),
    target.replace(sid, `%43${sid.slice(1)}`),
    target.replace("/talk", "/%74alk"),
  ];
  for (const other of others) {
    expect([other, (await ask(house, sid, other, target)).status >= 400]).toEqual([other, true]);
    expect([other, (await ask(house, sid, other)).status >= 400]).toEqual([other, true]);
  }
  const step = { request_id: "for_you", command: "talk", payload: { call: sid, say: "For you." } };
  house.request(step);
  expect((await held).body).toContain("For you.");
});

test("the old URL of one call is refused if it comes with the SID of another call", async () => {
  await using house = await startUpdatedHouse();
  const [sid, other] = [callInProgress(house), callInProgress(house)];
  expect((await ask(house, other, hold(sid))).status).toBe(400);
});
