import { createHash } from "node:crypto";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { OURS, startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import type { SignedParameters } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { messageParameters } from "../twilio-simulator/webhooks/webhook-parameters.ts";
import { capture, encode, eventsFired, sendByTwilio } from "./captured.ts";
import type { Form } from "./captured.ts";

const OWNER = "+12125550100";

let house: TestHouse;
beforeEach(async () => {
  house = await startHouse({ contacts: [{ name: "Owner", number: OWNER }] });
});
afterEach(() => house[Symbol.asyncDispose]());

const sms = (body: string): Form =>
  messageParameters({ accountSid: house.twilio.accountSid, from: THEIRS, to: OURS, body });

/**
 * A stranger's message, and the form in which an attacker sends it as the owner's message with the original's
 * signature.
 */
const CUTS: readonly (readonly [string, string, (original: Form) => SignedParameters])[] = [
  [
    "with a parameter whose name contains the stranger's number",
    `openFrom${OWNER}`,
    ({ FromCity = "", ...rest }) => ({ ...owners(rest), [`From${THEIRS}FromCity`]: FromCity }),
  ],
  [
    "with a parameter that Twilio does not have",
    `openFrom${OWNER}FromA`,
    (rest) => ({ ...owners(rest), FromA: `From${THEIRS}` }),
  ],
  [
    "with a parameter whose name ends in From",
    `openFrom${OWNER}FromA`,
    (rest) => ({ ...owners(rest), FromAFrom: THEIRS }),
  ],
  ["with two senders", `openFrom${OWNER}`, (rest) => ({ ...rest, Body: "open", From: [OWNER, THEIRS] })],
  [
    "with the rest of the text as FromCity",
    `openFrom${OWNER}FromCity`,
    (rest) => ({ ...owners(rest), FromCity: `From${THEIRS}FromCity${rest["FromCity"] ?? ""}` }),
  ],
];

function owners(rest: Form): Form {
  return { ...rest, Body: "open", From: OWNER };
}

describe("a stranger's message that an attacker rewrites as a message of the owner, keeping Twilio's signature valid,", () => {
  test.each(CUTS)("is refused with 400 and fires no event if it is sent %s", async (_name, body, cut) => {
    const original = sms(body);
    const captured = capture(house, original);
    expect(capture(house, cut(original) as Form).signature).toBe(captured.signature);
    expect(await captured.steal({ body: encode(cut(original)) })).toBe(400);
    expect(await eventsFired(house)).toEqual([]);
    expect(await sendByTwilio(house, original)).toBe(200);
    expect(await eventsFired(house)).toMatchObject([{ data: { From: THEIRS, contact: null } }]);
  });
});

test("a captured GET is refused if somebody adds empty query parts, which Twilio's library ignores, to hide further parameters", async () => {
  const path = `/webhook?${encode(sms("hi"))}`;
  const captured = capture(house, {}, path);
  const body = JSON.stringify({ From: OWNER, Body: "open" });
  const hash = createHash("sha256").update(body).digest("hex");
  for (const parts of [900, 1_000, 3_000]) {
    const longer = `${path}${"&".repeat(parts)}`;
    const headers = { "Content-Type": "application/json" };
    expect(await captured.steal({ method: "GET", path: `${longer}&action=open` })).toBe(413);
    expect(await captured.steal({ path: `${longer}&bodySHA256=${hash}`, body, headers })).toBe(413);
  }
  expect(await eventsFired(house)).toEqual([]);
});

test.each(["form", "json"])(
  "a webhook with a %s body is refused if it names another account, even if it is signed with the user's auth token",
  async (kind) => {
    const foreign = { ...sms("hi"), AccountSid: `AC${"0".repeat(32)}` };
    const body = kind === "form" ? encode(foreign) : JSON.stringify(foreign);
    const hash = createHash("sha256").update(body).digest("hex");
    const path = kind === "form" ? "/webhook" : `/webhook?bodySHA256=${hash}`;
    const headers = {
      "Content-Type": kind === "form" ? "application/x-www-form-urlencoded" : "application/json",
    };
    const captured = capture(house, kind === "form" ? foreign : {}, path);
    expect(await captured.steal({ body, headers })).toBe(403);
    expect(house.app.lines.join("\n")).toContain("its AccountSid belongs to another Twilio account");
    expect(await eventsFired(house)).toEqual([]);
  },
);

test.each(["/status/message", "/status/call", "/recording"])(
  "the path %s refuses a status webhook of another Twilio account",
  async (path) => {
    const sids = { CallSid: `CA${"1".repeat(32)}`, MessageSid: `SM${"1".repeat(32)}`, RecordingSid: "RE1" };
    const statuses = { MessageStatus: "delivered", CallStatus: "completed", RecordingStatus: "completed" };
    const form = { ...sids, ...statuses, RecordingUrl: "https://a.example/" };
    expect(await sendByTwilio(house, { ...form, AccountSid: `AC${"0".repeat(32)}` }, path)).toBe(403);
    expect(await eventsFired(house)).toEqual([]);
    expect(await sendByTwilio(house, { ...form, AccountSid: house.twilio.accountSid }, path)).toBe(204);
  },
);
