import { expect, test } from "vitest";

import type { AlarmState } from "../../../src/alarms/alarm.ts";
import { summarizeAlarm } from "../../../src/alarms/summarize-alarm.ts";
import { ALARM_PAGES_DE } from "../../../src/texts/de/alarm-pages.ts";
import { ALARM_PAGES_EN } from "../../../src/texts/en/alarm-pages.ts";
import { APP_STATE, CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { STARTED_AT, testAlarm, testTry } from "./create-test-alarms.ts";

const INGRESS = "172.30.32.2";
const ID = testAlarm().id;
const TAKEN = {
  person: 0,
  name: "Alice",
  channel: "call" as const,
  how: "key" as const,
  at: STARTED_AT + 20_000,
  confirmedAt: STARTED_AT + 20_000,
};

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);

async function read(panel: TestPanel, path: string): Promise<string> {
  const html = await (await panel.ask({ path })).text();
  return html.replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

async function press(panel: TestPanel, path: string, body: string, headers = {}): Promise<Response> {
  return await panel.ask({
    path,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: `change_token=${CHANGE_TOKEN}&${body}`,
  });
}

test.for([
  "/",
  "/conversations",
  "/conversation?with=x",
  "/activity",
  "/activity?before=1",
  "/examples",
  "/relay",
  "/number?sid=PN1",
  "/alarms",
  "/entry?key=x",
  "/restarted",
])(
  "an alarm in progress is shown at the top of the page %s, with buttons to take and to stop it",
  async (path) => {
    const panel = createPanel();
    const stored = { alarm: testAlarm(), tries: [testTry()] };
    panel.appState = { ...APP_STATE, alarms: [summarizeAlarm(stored)] };
    const html = await read(panel, path);
    const card = html.slice(html.indexOf("<main>"), html.indexOf("<h1>"));
    expect(card).toContain("Alarm: Water in the cellar");
    expect(card).toContain("Calling Alice.");
    expect(card).toContain('<button name="action" value="take">Take the alarm');
    expect(card).toContain('value="stop"');
    expect(card).toContain(`value="${CHANGE_TOKEN}"`);
  },
);

test("while no alarm is in progress, the pages show no card about alarms", async () => {
  expect(await read(createPanel(), "/")).not.toContain('class="card alarm');
});

test("the card of an alarm says who is on the phone, and who has taken the alarm", () => {
  const answered = testTry({ answeredAt: STARTED_AT + 9_000 });
  const ringing = testTry({ number: 2, person: 1 });
  const stored = { alarm: testAlarm(), tries: [answered, ringing] };
  expect(summarizeAlarm(stored)).toMatchObject({ talking: ["Alice"], calling: ["Bob"], takenBy: null });
  const taken = { alarm: testAlarm({ state: "taken", taken: TAKEN }), tries: [] };
  expect(summarizeAlarm(taken)).toMatchObject({ talking: [], calling: [], takenBy: "Alice" });
});

test("an alarm that somebody has taken has a button to stop it, but none to take it", async () => {
  const panel = createPanel();
  const stored = { alarm: testAlarm({ state: "taken", taken: TAKEN }), tries: [] };
  panel.appState = { ...APP_STATE, alarms: [summarizeAlarm(stored)] };
  const html = await read(panel, "/");
  expect(html).toContain("Alice has the alarm.");
  expect(html).not.toContain('value="take"');
  expect(html).toContain('value="stop"');
});

test.for([
  ["en", ALARM_PAGES_EN],
  ["de", ALARM_PAGES_DE],
] as const)("the page of an alarm lists each call with its outcome (%s)", async ([language, texts]) => {
  const panel = createPanel();
  panel.appState = { ...APP_STATE, homeAssistant: { ...APP_STATE.homeAssistant, language } };
  const error = { code: "21211", message: "+15005550001 is not a valid phone number" };
  const tries = [
    testTry({ outcome: "rang_out", endedAt: STARTED_AT + 30_000 }),
    testTry({ number: 2, person: 1, outcome: "failed", error }),
    testTry({ number: 3, channel: "push", outcome: "delivered" }),
    testTry({ number: 4, person: 1, passedAt: STARTED_AT + 40_000 }),
  ];
  panel.alarms.stored = [{ alarm: testAlarm({ state: "closed", taken: TAKEN }), tries }];
  const html = await read(panel, `/alarm?id=${ID}`);
  const { purposes, channels, outcomes, states, taken } = texts;
  for (const sentence of [
    `${purposes.ask(channels.call, "Alice")} · ${outcomes.rang_out}`,
    `${purposes.ask(channels.call, "Bob")} · ${outcomes.failed}`,
    `${purposes.ask(channels.push, "Alice")} · ${outcomes.delivered}`,
    `${purposes.ask(channels.call, "Bob")} · ${outcomes.passed}`,
    states.closed("Alice"),
    `Alice, ${taken.key}`,
  ])
    expect(html).toContain(sentence);
  expect(html).toContain("Two centimetres &lt;by the boiler&gt;");
});

test("the page of an alarm contains no codes, PINs, secret references or phone numbers", async () => {
  const panel = createPanel();
  const error = { code: "21211", message: "+15005550001 is not a valid phone number" };
  const tries = [testTry({ outcome: "failed", error })];
  panel.alarms.stored = [{ alarm: testAlarm(), tries }];
  const html = await read(panel, `/alarm?id=${ID}`);
  for (const secret of ["4711", "123450", "push-token", "secret-reference", "+15005550001"])
    expect(html).not.toContain(secret);
});

const STATES: Record<AlarmState, string> = {
  open: ALARM_PAGES_EN.states.open,
  taken: ALARM_PAGES_EN.states.taken("Alice"),
  closed: ALARM_PAGES_EN.states.closed("Alice"),
  unanswered: ALARM_PAGES_EN.states.unanswered,
  stopped: ALARM_PAGES_EN.states.stopped,
  blocked: ALARM_PAGES_EN.states.blocked,
};
test.for(Object.entries(STATES) as [AlarmState, string][])(
  "the page Alarms says in which state an alarm is: %s",
  async ([state, text]) => {
    const panel = createPanel();
    panel.alarms.stored = [{ alarm: testAlarm({ state, taken: TAKEN }), tries: [] }];
    const html = await read(panel, "/alarms");
    expect(html).toContain(`<a href="alarm?id=${ID}">${text}</a>`);
  },
);

test("if the alarm in the URL of a page does not exist, the page says that there is no such alarm", async () => {
  const response = await createPanel().ask({ path: "/alarm?id=unknown" });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain(ALARM_PAGES_EN.absent);
});

test("the page Alarms lists a person whom alarms cannot reach, with the reason", async () => {
  const panel = createPanel();
  panel.alarms.people = [
    { name: "Alice", problems: [] },
    { name: "Bob", problems: ["The sender cannot make calls."] },
  ];
  const html = await read(panel, "/alarms");
  expect(html).toContain(ALARM_PAGES_EN.reach.good);
  expect(html).toContain("The sender cannot make calls.");
});

test("a user who presses the button on the panel takes the alarm with the name from Home Assistant", async () => {
  const panel = createPanel();
  const name = Buffer.from("Zoë").toString("latin1");
  const response = await press(panel, "/alarm", `id=${ID}&action=take`, {
    "x-remote-user-display-name": name,
  });
  expect(response.headers.get("location")).toBe(`alarm?id=${ID}&done=taken`);
  expect(panel.alarms.pressed).toEqual([`take ${ID} Zoë`]);
});

test("a user without a name who presses the button on the panel takes the alarm under the name Home Assistant", async () => {
  const panel = createPanel();
  await press(panel, "/alarm", `id=${ID}&action=take`);
  expect(panel.alarms.pressed).toEqual([`take ${ID} Home Assistant`]);
});

test.for(["taken", "confirmed", "other", "over"] as const)(
  "after a press of a button, the page of an alarm says what the button did: %s",
  async (outcome) => {
    const panel = createPanel();
    panel.alarms.takeOutcome = outcome;
    panel.alarms.stored = [{ alarm: testAlarm(), tries: [] }];
    const response = await press(panel, "/alarm", `id=${ID}&action=take`);
    const html = await read(panel, `/${response.headers.get("location") ?? ""}`);
    expect(html).toContain(ALARM_PAGES_EN.done[outcome]);
  },
);

test("the button Stop on the panel stops the alarm, or the page says that the alarm had ended", async () => {
  const panel = createPanel();
  const stopped = await press(panel, "/alarm", `id=${ID}&action=stop`);
  expect(stopped.headers.get("location")).toBe(`alarm?id=${ID}&done=stopped`);
  panel.alarms.stopOutcome = false;
  const second = await press(panel, "/alarm", `id=${ID}&action=stop`);
  expect(second.headers.get("location")).toBe(`alarm?id=${ID}&done=over`);
});

test("a press of an alarm's button changes nothing without the page's token", async () => {
  const panel = createPanel();
  const response = await panel.ask({ path: "/alarm", method: "POST", body: `id=${ID}&action=take` });
  expect(response.status).toBe(403);
  expect(panel.alarms.pressed).toEqual([]);
});

test("a test alarm from the panel calls only the people who are ticked in its form", async () => {
  const panel = createPanel();
  const response = await press(panel, "/drill", "person=Alice&person=Bob&message=Only+a+test");
  expect(response.headers.get("location")).toBe(`alarm?id=${ID}`);
  expect(panel.alarms.pressed).toEqual(["drill Alice and Bob: Only a test"]);
});

test("in the form for a test alarm, nobody is ticked at first", async () => {
  const html = await read(createPanel(), "/alarms");
  expect(html).toContain('name="person" value="Alice"');
  expect(html).not.toMatch(/<input[^>]*checked/);
});

test.for([
  ["message=Test", ALARM_PAGES_EN.startDrill.noneChosen],
  ["person=Alice&message=+", ALARM_PAGES_EN.startDrill.emptyMessage],
] as const)(
  "an incomplete form for a test alarm calls nobody and shows what is missing (%s)",
  async ([body, reason]) => {
    const panel = createPanel();
    const response = await press(panel, "/drill", body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(reason);
    expect(panel.alarms.pressed).toEqual([]);
  },
);

test("if the app refuses a test alarm, the form shows the reason and keeps the typed texts", async () => {
  const panel = createPanel();
  const error = { code: "invalid_people", message: "Alice has no number." };
  panel.alarms.drillResult = { ok: false, error };
  const response = await press(panel, "/drill", "person=Alice&message=My+words");
  const html = await response.text();
  expect(response.status).toBe(400);
  expect(html).toContain(`${ALARM_PAGES_EN.startDrill.failed} Alice has no number.`);
  expect(html).toContain("My words");
  expect(html).toMatch(/value="Alice" checked/);
});

test("without contacts, the page Alarms says where to enter them", async () => {
  const panel = createPanel();
  panel.alarms.names = [];
  expect(await read(panel, "/alarms")).toContain(ALARM_PAGES_EN.startDrill.noPeople);
});

test("on an open page, the card of an alarm is refreshed without the rest of the page", async () => {
  const panel = createPanel();
  panel.appState = { ...APP_STATE, alarms: [summarizeAlarm({ alarm: testAlarm(), tries: [] })] };
  const html = await read(panel, "/alarm-cards");
  expect(html).toMatch(/^<div id="alarm-cards"/);
  expect(html).toContain(ALARM_PAGES_EN.card.notTaken);
});
