import { describe, expect, test } from "vitest";

import { messageTo, saveEvent } from "../../journal/conversation-rows.ts";
import { createTestActivity, historyEntry } from "../activity/create-test-activity.ts";
import { APP_STATE, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const INGRESS = "172.30.32.2";
const ANNA = "+4915112345678";
const OURS = "+15005550006";
const AT = Date.UTC(2026, 10, 24, 12);
const ADMIN = { "x-remote-user-id": "admin" };

function createPanel(activity = createTestActivity()): TestPanel {
  return createTestPanel({ supervised: true, password: null }, INGRESS, activity);
}

async function panelWith(...texts: string[]): Promise<TestPanel> {
  const panel = createPanel();
  for (const [index, Body] of texts.entries())
    await saveEvent(panel.talk.store, { From: ANNA, To: OURS, Body }, AT + index * 1_000);
  return panel;
}

const withAnna = ({ talk }: TestPanel): string =>
  `/conversation.txt?with=${talk.store.conversations.keyOf(ANNA)}`;

/** The cells of each line, without quotes. */
function cellsIn(csv: string): string[][] {
  const lines = csv.replace("\uFEFF", "").trimEnd().split("\r\n");
  return lines.map((line) => line.split(",").map((cell) => cell.replaceAll(/^"|"$/g, "")));
}

describe.each(["/history.csv", "/conversation.txt?with=x"])("the export of %s", (path) => {
  test.each<[string, Record<string, string>, readonly string[] | null, number, string]>([
    [
      "a user who is no administrator",
      { "x-remote-user-id": "guest" },
      ["admin"],
      403,
      "Only administrators",
    ],
    ["a session without a user", {}, ["admin"], 403, "did not say who you are"],
    ["everybody while Home Assistant does not answer", ADMIN, null, 503, "Try again later"],
  ])("is refused to %s", async (_who, headers, administrators, status, text) => {
    const panel = createPanel();
    panel.administrators = administrators;
    const answer = await panel.ask({ path, headers });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });
});

test("the refusal of an export is in the language of the browser", async () => {
  const headers = { "x-remote-user-id": "guest", "accept-language": "de" };
  const answer = await createPanel().ask({ path: "/history.csv", headers });
  expect(await answer.text()).toBe(
    "Nur Administratoren von Home Assistant können diese Datei herunterladen.",
  );
});

test("without Supervisor, everybody who can open the panel can export", async () => {
  const panel = createTestPanel({ supervised: false, password: null });
  expect((await panel.ask({ path: "/history.csv" })).status).toBe(200);
});

describe("the history as a CSV file", () => {
  test("has a line for each event and recipient, the newest first", async () => {
    const activity = createTestActivity();
    const error = { code: "21610", message: "Has said STOP.", more_info: null };
    activity.history = [
      historyEntry(
        "twilio_result",
        {
          request_id: "req_1",
          command: "send_message",
          ok: false,
          recipients: [
            { to: ANNA, sid: "SM1", status: "accepted", error: null },
            { to: "=1+1", sid: null, status: null, error },
          ],
        },
        { seq: 2 },
      ),
      historyEntry(
        "twilio_data_received",
        { From: ANNA, To: OURS, Body: 'Hi, "you"', MessageSid: "SM2", contact: "Anna" },
        { seq: 1, kind: "message" },
      ),
    ];
    const answer = await createPanel(activity).ask({ path: "/history.csv", headers: ADMIN });
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe(
      'attachment; filename="twilio-history-2026-11-24.csv"',
    );
    const csv = await answer.text();
    expect(csv).toContain('"Hi, ""you"""');
    const [heading, first, second, third] = cellsIn(csv);
    expect(heading?.slice(0, 4)).toEqual(["time", "event", "kind", "state"]);
    expect(first).toContain(`'${ANNA}`);
    expect(first).toContain("SM1");
    expect(second).toContain("'=1+1");
    expect(second).toContain("21610");
    expect(third).toContain("Anna");
    expect(cellsIn(csv)).toHaveLength(4);
  });

  test("contains no input of callers, no files and no account ID", async () => {
    const activity = createTestActivity();
    const secret = "4711";
    activity.history = [
      historyEntry(
        "twilio_data_received",
        {
          From: ANNA,
          To: OURS,
          CallSid: "CA1",
          AccountSid: "AC0123456789",
          Digits: secret,
          SpeechResult: secret,
          RecordingUrl: `https://api.twilio.com/${secret}`,
          MediaUrl0: `https://api.twilio.com/${secret}`,
        },
        { seq: 2, kind: "call" },
      ),
      historyEntry("twilio_result", { command: "talk", ok: true, input: secret, recipients: [] }, { seq: 1 }),
    ];
    const csv = await (await createPanel(activity).ask({ path: "/history.csv", headers: ADMIN })).text();
    expect(csv).toContain("CA1");
    expect(csv).not.toContain(secret);
    expect(csv).not.toContain("AC0123456789");
  });

  test("has every event of a long history, and the app reads it in parts", async () => {
    const activity = createTestActivity();
    activity.history = Array.from({ length: 1_001 }, (_, index) =>
      historyEntry("twilio_data_received", { Body: `text ${index}` }, { seq: 2_000 - index }),
    );
    const limits: number[] = [];
    const { history } = activity.activity.journal;
    Object.assign(activity.activity.journal, {
      history(before: number | null, limit: number) {
        limits.push(limit);
        return history(before, limit);
      },
    });
    const csv = await (await createPanel(activity).ask({ path: "/history.csv", headers: ADMIN })).text();
    expect(cellsIn(csv)).toHaveLength(1_002);
    expect(Math.max(...limits)).toBeLessThan(500);
    expect(limits.length).toBeGreaterThan(4);
  });
});

describe("a conversation as a text file", () => {
  test("has the person's name, and each message with its time, the oldest first", async () => {
    const panel = await panelWith("Is the gate closed?", "Two\nlines");
    panel.talk.names.set(ANNA, "Anna");
    await panel.talk.store.commands.add(messageTo("req_1", ANNA, "Yes", AT + 60_000), null);
    const answer = await panel.ask({ path: withAnna(panel), headers: ADMIN });
    expect(answer.headers.get("content-disposition")).toContain("twilio-conversation-2026-11-24.txt");
    expect(await answer.text()).toBe(
      [
        `Messages and calls with Anna (${ANNA})`,
        "As of 24 Nov 2026, 15:00:00 (Europe/Berlin)",
        "",
        "24 Nov 2026, 13:00:00 · Anna · SMS",
        "  Is the gate closed?",
        "",
        "24 Nov 2026, 13:00:01 · Anna · SMS",
        "  Two",
        "  lines",
        "",
        "24 Nov 2026, 13:01:00 · You · SMS · Waiting",
        "  Yes",
        "",
        "",
      ].join("\n"),
    );
  });

  test("is in German for a German browser", async () => {
    const panel = await panelWith("Hallo");
    const headers = { ...ADMIN, "accept-language": "de" };
    const text = await (await panel.ask({ path: withAnna(panel), headers })).text();
    expect(text).toContain(`Nachrichten und Anrufe mit ${ANNA}`);
    expect(text).toContain("Stand 24.11.2026, 15:00:00");
  });

  test("is complete and in order even if it is long", async () => {
    const panel = await panelWith(...Array.from({ length: 450 }, (_, index) => `text ${index}.`));
    const text = await (await panel.ask({ path: withAnna(panel), headers: ADMIN })).text();
    const found = [...text.matchAll(/text (\d+)\./g)].map(([, index]) => Number(index));
    expect(found).toEqual(Array.from({ length: 450 }, (_, index) => index));
  });

  test("is replaced by an error page if the conversation does not exist", async () => {
    const answer = await createPanel().ask({ path: "/conversation.txt?with=x", headers: ADMIN });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("Unknown conversation");
  });
});

test("the pages that can be exported link to the export, and the page Activity says who can use it", async () => {
  const panel = await panelWith("Hi");
  panel.appState = APP_STATE;
  const key = panel.talk.store.conversations.keyOf(ANNA);
  const conversation = await (await panel.ask({ path: `/conversation?with=${key}` })).text();
  expect(conversation).toContain(`href="conversation.txt?with=${key}"`);
  const activity = await (await panel.ask({ path: "/activity" })).text();
  expect(activity).toContain('href="history.csv"');
  expect(activity).toContain("Only administrators");
});
