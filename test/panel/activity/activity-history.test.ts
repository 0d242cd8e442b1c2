import { describe, expect, test } from "vitest";

import { createTestPanel, APP_STATE } from "../create-test-panel.ts";
import { ALICE, createTestActivity, historyEntry } from "./create-test-activity.ts";
import type { TestActivity } from "./create-test-activity.ts";

const BOB = "+12125550123";

async function page(activity: TestActivity, path = "/activity", language = "en-GB", appState = APP_STATE) {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2", activity);
  panel.appState = { ...appState, homeAssistant: { ...appState.homeAssistant, language } };
  return await (await panel.ask({ path })).text();
}

/** The page Activity with this event as its whole history. */
const pageOf = (type: string, data: Readonly<Record<string, unknown>>, over = {}, language = "en") => {
  const activity = createTestActivity();
  activity.history = [historyEntry(type, data, over)];
  return page(activity, "/activity", language);
};

const ERROR = {
  code: "30003",
  message: `The phone ${BOB} is off. (Twilio 30003)`,
  more_info: "https://www.twilio.com/docs/errors/30003",
};
const SENT = { command: "send_message", ok: true, error: null };

describe("the page Activity", () => {
  const received = (data: object) => ({ From: BOB, To: "+15005550006", contact: null, ...data });

  test.each<[string, string, Readonly<Record<string, unknown>>]>([
    [
      `Call from ${BOB}.`,
      "twilio_data_received",
      received({ CallSid: "CA1", CallStatus: "ringing", Direction: "inbound" }),
    ],
    [`Message from ${BOB}.`, "twilio_data_received", received({ MessageSid: "SM1", Body: "secret words" })],
    [
      "Message from Alice.",
      "twilio_data_received",
      received({ MessageSid: "SM1", Body: "", contact: "Alice" }),
    ],
    [
      `Keys pressed in the call with ${BOB}.`,
      "twilio_data_received",
      received({ CallSid: "CA1", Digits: "4711" }),
    ],
    [
      `New status of a call with ${BOB}.`,
      "twilio_data_received",
      received({ CallSid: "CA1", CallStatus: "completed", Digits: "hangup", RecordingUrl: "u" }),
    ],
    [
      `Speech in the call with ${BOB}.`,
      "twilio_data_received",
      received({ CallSid: "CA1", SpeechResult: "secret words" }),
    ],
    [
      "Message to Alice: delivered.",
      "twilio_message_status",
      { to: ALICE, contact: "Alice", status: "delivered" },
    ],
    [
      `Call with ${BOB}: ended, 12 s.`,
      "twilio_call_status",
      { to: BOB, status: "completed", direction: "outbound-api", duration: 12 },
    ],
    [`A recording of the call with ${BOB} is ready.`, "twilio_recording", { from: BOB }],
    [
      `Message to ${BOB}, Alice: accepted by Twilio.`,
      "twilio_result",
      { ...SENT, recipients: [{ to: BOB }, { to: ALICE }] },
    ],
    [
      `Call to ${BOB}: failed.`,
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
    ["Call step: done.", "twilio_result", { command: "talk", ok: true, recipients: [], input: "4711" }],
    [
      "A request from an automation was rejected.",
      "twilio_result",
      { command: "", ok: false, error: ERROR, recipients: [] },
    ],
  ])(
    "describes an event in a sentence, with a name or the complete number: %s",
    async (sentence, type, data) => {
      const html = await pageOf(type, data);
      expect(html).toContain(`<p>${sentence}</p>`);
      for (const hidden of [ALICE, "4711", "secret words"]) expect(html).not.toContain(hidden);
    },
  );

  test("names the first five of many recipients of a message, and counts the others", async () => {
    const recipients = Array.from({ length: 1000 }, () => ({ to: BOB }));
    const html = await pageOf("twilio_result", { ...SENT, recipients });
    expect(html).toContain("995 more: accepted by Twilio.");
  });

  test("shows an error of several recipients only once, with a link to Twilio's page", async () => {
    const recipients = [BOB, ALICE].map((to) => ({ to, error: ERROR }));
    const html = await pageOf("twilio_result", {
      command: "send_message",
      ok: false,
      error: ERROR,
      recipients,
    });
    expect(html.match(/The phone \+12125550123 is off\. \(Twilio 30003\)/g)).toHaveLength(1);
    expect(html).toContain('href="https://www.twilio.com/docs/errors/30003"');
  });

  test("has no link for a URL that is neither http nor https", async () => {
    const error = { ...ERROR, more_info: "javascript:alert(1)" };
    expect(await pageOf("twilio_message_status", { to: BOB, status: "failed", error })).not.toContain(
      "javascript:",
    );
  });

  test("shows HTML in an event as text, so that a browser does not run it", async () => {
    const html = await pageOf("twilio_data_received", {
      MessageSid: "SM1",
      Body: "hi",
      contact: "<script>alert(1)</script>",
    });
    expect(html).toContain("Message from &lt;script&gt;alert(1)&lt;/script&gt;.");
    expect(html).not.toContain("<script>");
  });

  test("shows a sentence if the history is empty", async () => {
    expect(await page(createTestActivity())).toContain("Nothing yet.");
  });
});

test("the page Activity shows fifty events, and the next ones on a further page", async () => {
  const activity = createTestActivity();
  activity.history = Array.from({ length: 125 }, (_none, n) =>
    historyEntry("twilio_recording", { from: ALICE, contact: `number ${125 - n}.` }, { seq: 125 - n }),
  );
  const first = await page(activity);
  expect(first.match(/class="thread"/g)).toHaveLength(50);
  expect(first).toContain('href="activity?before=76"');
  const second = await page(activity, "/activity?before=76");
  expect(second).toContain("number 75.");
  expect(second).not.toContain("number 76.");
  expect(second).not.toContain(">Now<");
  expect(second).toContain('href="activity?before=26"');
  const last = await page(activity, "/activity?before=26");
  expect(last.match(/class="thread"/g)).toHaveLength(25);
  expect(last).not.toContain("before=");
  expect(last).toContain('<a href="activity">Newest</a>');
});

test("on the German page Activity, a reason without a German text is marked as English", async () => {
  const error = { code: "99999", message: "Something odd", more_info: null };
  const html = await pageOf("twilio_message_status", { to: BOB, status: "undelivered", error }, {}, "de");
  expect(html).toContain('<span lang="en">Something odd (99999)</span>');
});

test("the page Activity does not say that a message failed if its result is unknown", async () => {
  const error = { code: "unknown_outcome", message: "Nobody knows", more_info: null };
  const recipients = [{ to: BOB, sid: null, status: null, error }];
  const html = await pageOf("twilio_result", { command: "send_message", ok: false, error, recipients });
  expect(html).toContain("it is not known whether it was sent.");
  const text = html.replace(/<style>.*?<\/style>/s, "").replaceAll(/<[^>]*>/g, "");
  expect(text).not.toContain("failed");
});

test("on the German page Activity, an event and its reason are in German", async () => {
  const html = await pageOf(
    "twilio_message_status",
    { to: BOB, status: "undelivered", error: ERROR },
    {},
    "de",
  );
  expect(html).toContain("<p>Nachricht an +12125550123: nicht zugestellt.</p>");
  expect(html).toContain("<span>Das Telefon war nicht erreichbar. ");
  expect(html).toContain("(Twilio 30003: The phone +12125550123 is off.");
  expect(html).toContain(">Jetzt<");
  expect(html).toContain("0 von 250");
  expect(html).toContain("Diagnosedaten herunterladen");
});

test("no link on the page Activity begins with a slash, and the page has no inline script and only one style element", async () => {
  const html = await pageOf("twilio_message_status", { to: BOB, status: "failed", error: ERROR });
  const links = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link]) => link ?? "");
  expect(links.filter((link) => link.startsWith("/"))).toEqual([]);
  expect(html).not.toMatch(/\sstyle=|<style[^]*<style|\son\w+=|<script(?! src=)/);
});

test("the page Activity describes a webhook by its stored kind, and does not guess the kind from the fields", async () => {
  const html = await pageOf("twilio_data_received", { From: BOB, Digits: "1" }, { kind: "message" });
  expect(html).toContain(`Message from ${BOB}.`);
});
