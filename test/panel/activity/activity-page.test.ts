import { describe, expect, test } from "vitest";

import { ACTIVITY_DE } from "../../../src/texts/de/activity.ts";
import { createTestPanel, APP_STATE } from "../create-test-panel.ts";
import { ALICE, createTestActivity, historyEntry } from "./create-test-activity.ts";
import type { TestActivity } from "./create-test-activity.ts";

const BOB = "+12125550123";
const AT = Date.UTC(2026, 10, 24, 13, 0, 0);

async function page(activity: TestActivity, path = "/activity", language = "en-GB", appState = APP_STATE) {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2", activity);
  panel.appState = { ...appState, homeAssistant: { ...appState.homeAssistant, language } };
  return await (await panel.ask({ path })).text();
}

test.each(["x", "-1", "1e9", "", "9".repeat(40)])(
  "the page Activity with the invalid page number '%s' shows its first page",
  async (before) => {
    expect(await page(createTestActivity(), `/activity?before=${before}`)).toContain(">Now<");
  },
);

describe("the card Now of the page Activity", () => {
  test("shows waiting events with their time, and waiting requests with the state of each recipient", async () => {
    const activity = createTestActivity();
    activity.history = [
      historyEntry("twilio_recording", { from: BOB }, { state: "pending", ageUnverified: true }),
      historyEntry("twilio_recording", { from: ALICE }, { state: "pending" }),
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
      ...APP_STATE,
      waiting: { events: 1200, commands: 1 },
    });
    expect(html).toContain("and 1,198 more");
    expect(html).toContain("the app asks Twilio how old this entry is");
    expect(html).toContain("Message (notify.twilio_sms) since");
    expect(html).toContain(`${BOB}: sent; the app waits for Twilio`);
    expect(html).not.toContain("Alice: done");
  });

  test("shows events that Home Assistant rejected, with the reason, and events that came too late", async () => {
    const activity = createTestActivity();
    activity.history = [
      historyEntry(
        "twilio_recording",
        { from: BOB },
        { state: "refused", reason: "Not allowed for +12125550123" },
      ),
      historyEntry("twilio_recording", { from: BOB }, { state: "missed", maybeDelivered: true }),
    ];
    const html = await page(activity);
    expect(html).toContain(`Not allowed for ${BOB}`);
    expect(html).toContain("Received too late");
    expect(html).toContain("may have received this event twice");
  });

  test("shows retries and look-ups at Twilio", async () => {
    const activity = createTestActivity();
    const common = { at: AT, to: "+12125550123" };
    activity.retries.add({ ...common, origin: "twilio_request", how: "again", why: "Twilio is busy" });
    activity.retries.add({ ...common, origin: "notify.sms", how: "looked_up", why: null });
    const html = await page(activity);
    expect(html).toContain("New attempt for");
    expect(html).toContain("Twilio is busy");
    expect(html).toContain("Asked Twilio whether this was sent:");
    expect(html).toContain("+12125550123 (twilio_request)");
  });

  test("counts all retries since the app's start, although it shows only the latest ones", async () => {
    const activity = createTestActivity();
    const retry = { at: AT, origin: "notify.sms", to: "+12125550123", how: "again", why: null } as const;
    for (let n = 0; n < 25; n += 1) activity.retries.add(retry);
    const html = await page(activity);
    expect(html.match(/New attempt for/g)).toHaveLength(10);
    expect(html).toContain("15 more");
  });

  test.each([
    ["unsigned", "did not come from Twilio"],
    ["wrong_signature", "compare auth_token and public_url"],
    ["too_large", "larger than any webhook"],
    ["faulty", "not in the format of Twilio"],
  ] as const)("shows why a webhook was rejected: %s", async (why, text) => {
    const activity = createTestActivity();
    activity.refused = { count: 7, last: { at: AT, why } };
    const html = await page(activity);
    expect(html).toContain("7 since the app started");
    expect(html).toContain(text);
  });

  test.each([
    [AT - 1, true],
    [null, true],
    [AT + 1, false],
  ])(
    "lists a wrong signature as a problem until a valid signature comes (%o)",
    async (lastSignedAt, isWorrying) => {
      const activity = createTestActivity();
      activity.refused = { count: 1, last: { at: AT, why: "wrong_signature" } };
      const html = await page(activity, "/activity", "en", { ...APP_STATE, lastSignedAt });
      expect(html.includes("Needs attention:")).toBe(isWorrying);
    },
  );

  test("shows all passed checks in one line, which comes first if there are no problems", async () => {
    const html = await page(createTestActivity());
    expect(html).toMatch(/Good: <\/span><details id="checks"><summary>7 checks<\/summary>/);
    expect(html.match(/class="row good"/g)).toHaveLength(1);
    expect(html.indexOf("All is well")).toBeLessThan(html.indexOf("Last backup copy"));
  });

  test("shows the problems first, and then the passed checks", async () => {
    const activity = createTestActivity();
    activity.history = [
      historyEntry("twilio_recording", { from: BOB }, { state: "refused", reason: "no" }),
      historyEntry("twilio_recording", { from: ALICE }, { state: "pending" }),
    ];
    const html = await page(activity, "/activity", "en", {
      ...APP_STATE,
      waiting: { events: 1, commands: 0 },
    });
    const at = (text: string): number => html.indexOf(`<dt>${text}`);
    expect(at("Rejected by Home Assistant")).toBeGreaterThan(0);
    expect(at("Rejected by Home Assistant")).toBeLessThan(at("Waiting for Home Assistant"));
    expect(at("Waiting for Home Assistant")).toBeLessThan(at("Everything else is well"));
  });
});

describe("the daily limits on the page Activity", () => {
  test("are shown as bars and as text", async () => {
    const activity = createTestActivity();
    activity.used = { messages: 12, calls: 3 };
    const html = await page(activity);
    expect(html).toContain('<progress id="day-messages" value="12" max="250">12 of 250</progress>');
    expect(html).toContain('<progress id="day-calls" value="3" max="50">3 of 50</progress>');
    expect(html).not.toContain("The limit is reached");
  });

  test("say that a limit is reached", async () => {
    const activity = createTestActivity();
    activity.used = { messages: 300, calls: 0 };
    const html = await page(activity);
    expect(html).toContain('value="250" max="250">300 of 250');
    expect(html.match(/The limit is reached/g)).toHaveLength(1);
    expect(html).toContain(
      "The app sends no more messages until earlier messages are 24 hours old. Calls are not affected.",
    );
  });

  test("say that the limit 0 allows no calls at all", async () => {
    const activity = createTestActivity();
    const none = { ...activity.activity, limits: { ...activity.activity.limits, callsPerDay: 0 } };
    const html = await page({ ...activity, activity: none });
    expect(html).toContain("No calls are allowed: limits.calls_per_day is 0.");
    expect(html).not.toContain("The limit is reached");
  });
});

describe("the state of the journal (the app's database) on the page Activity", () => {
  test("names the copy that replaced a journal which was damaged at this start", async () => {
    const atThisStart = { wasDamaged: true, copiedAt: new Date(AT - 1000) };
    const html = await page(createTestActivity({ at: AT, atThisStart }));
    expect(html).toContain("An earlier journal was damaged");
    expect(html).toMatch(/Restored from the backup.*2026-11-24T12:59:59/);
  });

  test("does not ask the user to do anything if the journal was lost before this start", async () => {
    const html = await page(createTestActivity({ at: AT, atThisStart: null }));
    expect(html).toContain("An earlier journal was lost");
    expect(html).not.toContain("Needs attention:");
  });

  test.each([
    [{ at: new Date(AT).toISOString(), error: null, bytes: 2_097_152 }, "2.0 MB"],
    [{ at: new Date(AT).toISOString(), error: "no room at /data", bytes: null }, "Failed, "],
    [{ at: "rubbish", error: null, bytes: null }, "0.0 MB"],
  ])("names the last backup copy: %o", async (report, text) => {
    const activity = createTestActivity();
    activity.lastCopy = report;
    const html = await page(activity);
    expect(html).toContain(text);
    expect(html).not.toContain("/data");
  });
});

test("the German texts have the correct case of 'jemand'", () => {
  const { history } = ACTIVITY_DE;
  expect(history.sent(history.somebody)).toContain("Nachricht an jemanden:");
  expect(history.received.message(history.somebody)).toBe("Nachricht von jemandem.");
  expect(history.messageStatus("Anna", "zugestellt")).toContain("an Anna:");
});
