import { describe, expect, test } from "vitest";

import { ACTIVITY_DE } from "../../../src/texts/de/activity.ts";
import { createTestPanel, FACTS } from "../create-test-panel.ts";
import { ALICE, createTestActivity, happened } from "./create-test-activity.ts";
import type { TestActivity } from "./create-test-activity.ts";

const BOB = "+12125550123";
const MASKED = "+12…23";
const AT = Date.UTC(2026, 10, 24, 13, 0, 0);

async function page(activity: TestActivity, path = "/activity", language = "en-GB", facts = FACTS) {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2", activity);
  panel.facts = { ...facts, homeAssistant: { ...facts.homeAssistant, language } };
  return await (await panel.ask({ path })).text();
}

test.each(["x", "-1", "1e9", "", "9".repeat(40)])("a page '%s' that is none is the first", async (before) => {
  expect(await page(createTestActivity(), `/activity?before=${before}`)).toContain("Right now");
});

describe("what has not got through", () => {
  test("waits with its time, and commands with how far each recipient is", async () => {
    const activity = createTestActivity();
    activity.happened = [
      happened("twilio_recording", { from: BOB }, { state: "pending", ageUnverified: true }),
      happened("twilio_recording", { from: ALICE }, { state: "pending" }),
    ];
    activity.open = [
      {
        command: "send_message",
        origin: "notify.twilio_sms",
        since: AT,
        deadline: AT + 1,
        recipients: [
          { to: ALICE, state: "done" },
          { to: BOB, state: "asking" },
        ],
      },
    ];
    const html = await page(activity, "/activity", "en", {
      ...FACTS,
      waiting: { events: 1200, commands: 1 },
    });
    expect(html).toContain("and 1198 more");
    expect(html).toContain("Twilio is being asked how old it is");
    expect(html).toContain("Message (notify.twilio_sms) since");
    expect(html).toContain(`${MASKED}: asked; the answer is awaited or looked up`);
    expect(html).not.toContain("Alice: done");
  });

  test("is set aside with Home Assistant's reason, or came too late", async () => {
    const activity = createTestActivity();
    activity.happened = [
      happened(
        "twilio_recording",
        { from: BOB },
        { state: "refused", reason: "Not allowed for +12125550123" },
      ),
      happened("twilio_recording", { from: BOB }, { state: "missed", maybeDelivered: true }),
    ];
    const html = await page(activity);
    expect(html).toContain(`Not allowed for ${MASKED}`);
    expect(html).toContain("Came too late");
    expect(html).toContain("may have been told of it twice");
  });

  test("was tried again or looked up", async () => {
    const activity = createTestActivity();
    activity.retries = [
      { at: AT, origin: "twilio_request", to: "+12125550123", how: "again", why: "Twilio is busy" },
      { at: AT, origin: "notify.sms", to: "+12125550123", how: "looked_up", why: null },
    ];
    const html = await page(activity);
    expect(html).toContain("Asked for again: to");
    expect(html).toContain("Twilio is busy");
    expect(html).toContain("Looked up at Twilio: to");
    expect(html).not.toContain("+12125550123 (twilio_request)");
  });

  test.each([
    ["unsigned", "somebody else looked in"],
    ["wrong_signature", "compare auth_token and public_url"],
    ["too_large", "larger than anything"],
    ["faulty", "not what Twilio sends"],
  ] as const)("was turned away: %s", async (why, text) => {
    const activity = createTestActivity();
    activity.refused = { count: 7, last: { at: AT, why } };
    const html = await page(activity);
    expect(html).toContain("7 since the app&#39;s start");
    expect(html).toContain(text);
  });

  test.each([
    [AT - 1, true],
    [null, true],
    [AT + 1, false],
  ])("a wrong signature needs somebody until a valid one comes (%o)", async (lastSignedAt, isWorrying) => {
    const activity = createTestActivity();
    activity.refused = { count: 1, last: { at: AT, why: "wrong_signature" } };
    const html = await page(activity, "/activity", "en", { ...FACTS, lastSignedAt });
    expect(html.includes("Needs you:")).toBe(isWorrying);
  });

  test("nothing of all that is said to be good", async () => {
    expect((await page(createTestActivity())).match(/Good: <\/span>Nothing/g)).toHaveLength(6);
  });
});

describe("the day's count", () => {
  test("stands as a bar and as text", async () => {
    const activity = createTestActivity();
    activity.used = { messages: 12, calls: 3 };
    const html = await page(activity);
    expect(html).toContain('<progress id="day-messages" value="12" max="250">12 of 250</progress>');
    expect(html).toContain('<progress id="day-calls" value="3" max="50">3 of 50</progress>');
    expect(html).not.toContain("The limit is reached");
  });

  test("says when the limit is reached", async () => {
    const activity = createTestActivity();
    activity.used = { messages: 300, calls: 0 };
    const html = await page(activity);
    expect(html).toContain('value="250" max="250">300 of 250');
    expect(html.match(/The limit is reached/g)).toHaveLength(1);
    expect(html).toContain("no more messages are sent. Calls are not affected.");
  });

  test("says of a limit of 0 that none are allowed, not that it is reached", async () => {
    const activity = createTestActivity();
    const none = { ...activity.activity, limits: { ...activity.activity.limits, callsPerDay: 0 } };
    const html = await page({ ...activity, activity: none });
    expect(html).toContain("None are allowed: limits.calls_per_day is 0.");
    expect(html).not.toContain("The limit is reached");
  });
});

describe("the journal", () => {
  test("that was lost is told with what has taken its place", async () => {
    const atThisStart = { wasDamaged: true, copiedAt: new Date(AT - 1000) };
    const html = await page(createTestActivity({ at: AT, atThisStart }));
    expect(html).toContain("The earlier one was damaged");
    expect(html).toMatch(/Restored from a backup.*2026-11-24T12:59:59/);
  });

  test("that was lost before this start needs nobody any more", async () => {
    const html = await page(createTestActivity({ at: AT, atThisStart: null }));
    expect(html).toContain("An earlier one was lost");
    expect(html).not.toContain("Needs you:");
  });

  test.each([
    [{ at: new Date(AT).toISOString(), error: null, bytes: 2_097_152 }, "2.0 MB"],
    [{ at: new Date(AT).toISOString(), error: "no room at /data", bytes: null }, "Failed, "],
    [{ at: "rubbish", error: null, bytes: null }, "0.0 MB"],
  ])("its last copy for a backup: %o", async (report, text) => {
    const activity = createTestActivity();
    activity.lastCopy = report;
    const html = await page(activity);
    expect(html).toContain(text);
    expect(html).not.toContain("/data");
  });
});

test("German has the right case of whoever is not known", () => {
  const { history } = ACTIVITY_DE;
  expect(history.sent(history.somebody)).toContain("Nachricht an jemanden:");
  expect(history.received.message(history.somebody)).toBe("Nachricht von jemandem.");
  expect(history.messageStatus("Anna", "zugestellt")).toContain("an Anna:");
});
