import { describe, expect, test } from "vitest";

import { createTestPanel, FACTS } from "../create-test-panel.ts";
import { ALICE, createTestActivity, happened } from "./create-test-activity.ts";
import type { TestActivity } from "./create-test-activity.ts";

const BOB = "+12125550123";
const MASKED = "+12…23";

async function page(activity: TestActivity, path = "/activity", language = "en-GB", facts = FACTS) {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2", activity);
  panel.facts = { ...facts, homeAssistant: { ...facts.homeAssistant, language } };
  return await (await panel.ask({ path })).text();
}

/** The page on which this is all that happened. */
const pageOf = (type: string, data: Readonly<Record<string, unknown>>, over = {}, language = "en") => {
  const activity = createTestActivity();
  activity.happened = [happened(type, data, over)];
  return page(activity, "/activity", language);
};

const ERROR = {
  code: "30003",
  message: `The phone ${BOB} is off. (Twilio 30003)`,
  more_info: "https://www.twilio.com/docs/errors/30003",
};
const SENT = { command: "send_message", ok: true, error: null };

describe("what happened is said in plain sentences, with names or masked numbers", () => {
  const received = (data: object) => ({ From: BOB, To: "+15005550006", contact: null, ...data });

  test.each<[string, string, Readonly<Record<string, unknown>>]>([
    [
      `${MASKED} called.`,
      "twilio_data_received",
      received({ CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" }),
    ],
    [
      `${MASKED} wrote a message.`,
      "twilio_data_received",
      received({ MessageSid: "SM1", Body: "secret words" }),
    ],
    [
      "Alice wrote a message.",
      "twilio_data_received",
      received({ MessageSid: "SM1", Body: "", contact: "Alice" }),
    ],
    [
      `${MASKED} pressed keys on a call.`,
      "twilio_data_received",
      received({ CallSid: "CA1", Digits: "4711" }),
    ],
    [
      `There is news of a call with ${MASKED}.`,
      "twilio_data_received",
      received({ CallSid: "CA1", CallStatus: "completed", Digits: "hangup", RecordingUrl: "u" }),
    ],
    [
      `${MASKED} said something on a call.`,
      "twilio_data_received",
      received({ CallSid: "CA1", SpeechResult: "secret words" }),
    ],
    [
      "Message to Alice: delivered.",
      "twilio_message_status",
      { to: ALICE, contact: "Alice", status: "delivered" },
    ],
    [
      `Call with ${MASKED}: completed, 12 s.`,
      "twilio_call_status",
      { to: BOB, status: "completed", direction: "outbound-api", duration: 12 },
    ],
    [`A recording of the call with ${MASKED} is ready.`, "twilio_recording", { from: BOB }],
    [
      `Message to ${MASKED}, Alice: Twilio has it.`,
      "twilio_result",
      { ...SENT, recipients: [{ to: BOB }, { to: ALICE }] },
    ],
    [
      `Call to ${MASKED}: failed.`,
      "twilio_result",
      {
        command: "make_call",
        ok: false,
        error: ERROR,
        recipients: [
          { to: BOB, error: ERROR },
          { to: ALICE, error: null },
        ],
      },
    ],
    [
      "A step on a call was done.",
      "twilio_result",
      { command: "talk", ok: true, recipients: [], input: "4711" },
    ],
    [
      "A request of an automation was refused.",
      "twilio_result",
      { command: "", ok: false, error: ERROR, recipients: [] },
    ],
  ])("%s", async (sentence, type, data) => {
    const html = await pageOf(type, data);
    expect(html).toContain(`<p>${sentence}</p>`);
    for (const hidden of [BOB, ALICE, "4711", "secret words"]) expect(html).not.toContain(hidden);
  });

  test("of very many recipients most are counted", async () => {
    const recipients = Array.from({ length: 1000 }, () => ({ to: BOB }));
    const html = await pageOf("twilio_result", { ...SENT, recipients });
    expect(html).toContain("995 more: Twilio has it.");
  });

  test("an error is explained, with Twilio's page, once however many it befell", async () => {
    const recipients = [BOB, ALICE].map((to) => ({ to, error: ERROR }));
    const html = await pageOf("twilio_result", {
      command: "send_message",
      ok: false,
      error: ERROR,
      recipients,
    });
    expect(html.match(/The phone \+12…23 is off\. \(Twilio 30003\)/g)).toHaveLength(1);
    expect(html).toContain('href="https://www.twilio.com/docs/errors/30003"');
  });

  test("a link that is none of the web's is not made", async () => {
    const error = { ...ERROR, more_info: "javascript:alert(1)" };
    expect(await pageOf("twilio_message_status", { to: BOB, status: "failed", error })).not.toContain(
      "javascript:",
    );
  });

  test("HTML in it is shown as text", async () => {
    const html = await pageOf("twilio_data_received", {
      MessageSid: "SM1",
      Body: "hi",
      contact: "<script>alert(1)</script>",
    });
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; wrote a message.");
    expect(html).not.toContain("<script>");
  });

  test("nothing yet is said, too", async () => {
    expect(await page(createTestActivity())).toContain("Nothing yet.");
  });
});

test("fifty things stand on a page, and the next begins where it ends", async () => {
  const activity = createTestActivity();
  activity.happened = Array.from({ length: 125 }, (_none, n) =>
    happened("twilio_recording", { from: ALICE, contact: `number ${125 - n}.` }, { seq: 125 - n }),
  );
  const first = await page(activity);
  expect(first.match(/is ready/g)).toHaveLength(50);
  expect(first).toContain('href="activity?before=76"');
  const second = await page(activity, "/activity?before=76");
  expect(second).toContain("number 75.");
  expect(second).not.toContain("number 76.");
  expect(second).not.toContain("Right now");
  expect(second).toContain('href="activity?before=26"');
  const last = await page(activity, "/activity?before=26");
  expect(last.match(/is ready/g)).toHaveLength(25);
  expect(last).not.toContain("before=");
  expect(last).toContain('<a href="activity">Newest</a>');
});

test("it speaks German, and marks what Twilio says in English", async () => {
  const html = await pageOf(
    "twilio_message_status",
    { to: BOB, status: "undelivered", error: ERROR },
    {},
    "de",
  );
  expect(html).toContain("<p>Nachricht an +12…23: nicht zugestellt.</p>");
  expect(html).toContain('<span lang="en">The phone +12…23 is off.');
  expect(html).toContain("Gerade jetzt");
  expect(html).toContain("0 von 250");
  expect(html).toContain("Diagnose herunterladen");
});

test("no address in it leads elsewhere but to Twilio's pages, and nothing is inline", async () => {
  const html = await pageOf("twilio_message_status", { to: BOB, status: "failed", error: ERROR });
  const links = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link]) => link ?? "");
  expect(links.filter((link) => link.startsWith("/"))).toEqual([]);
  expect(html).not.toMatch(/\sstyle=|<style|\son\w+=|<script(?! src=)/);
});

test("a webhook is described as what it was when it came, whatever its fields would be taken for now", async () => {
  const html = await pageOf("twilio_data_received", { From: BOB, Digits: "1" }, { kind: "message" });
  expect(html).toContain(`${MASKED} wrote a message.`);
});
