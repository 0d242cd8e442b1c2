import { describe, expect, test } from "vitest";

import type { NumberSettings, NumberWebhooks } from "../../src/domain/number-webhooks.ts";
import { settingsFor } from "../../src/domain/number-webhooks.ts";
import type { SetupChecks } from "../../src/domain/setup-checks.ts";
import { CHANGE_TOKEN, createTestPanel, FACTS } from "./create-test-panel.ts";
import type { TestPanel } from "./create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";

const INGRESS = "172.30.32.2";
const BASE = FACTS.publicAddress?.base ?? "";
const OURS = settingsFor(BASE);
const EMPTY = Object.fromEntries(Object.keys(OURS).map((name) => [name, ""])) as unknown as NumberSettings;
const THEIRS: NumberSettings = {
  ...EMPTY,
  smsUrl: "https://me:hidden@shop.example/sms?key=hidden",
  smsMethod: "GET",
};
const NUMBER: NumberWebhooks = {
  sid: `PN${"0".repeat(32)}`,
  number: "+15005550006",
  messages: true,
  calls: true,
  settings: OURS,
  hasTrunk: false,
  service: null,
};

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);
const textOf = async (panel: TestPanel, path: string): Promise<string> =>
  await (await panel.ask({ path })).text();
const post = (panel: TestPanel, path: string, fields: Record<string, string>): Promise<Response> =>
  panel.ask({
    method: "POST",
    path,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ change_token: CHANGE_TOKEN, ...fields }).toString(),
  });

/** The checklist where all is well but `checks`. */
async function checklist(checks: Partial<SetupChecks>, facts: Partial<typeof FACTS> = {}): Promise<string> {
  const panel = createPanel();
  panel.facts = { ...FACTS, ...facts };
  panel.setup.fresh = { ...ALL_GOOD, ...checks };
  return await textOf(panel, "/checklist");
}

const numbers = (...items: Partial<NumberWebhooks>[]): Partial<SetupChecks> => ({
  numbers: { kind: "listed", items: items.map((item) => ({ ...NUMBER, ...item })) },
});

describe("the first page waits for nobody", () => {
  test("what has to be asked for is fetched afterwards", async () => {
    const panel = createPanel();
    panel.setup.checks.answer = () => new Promise(() => {});
    const html = await textOf(panel, "/");
    expect(html).toContain("data-pending");
    expect(html).toContain("Asking Twilio");
    expect(html).toContain("Connected, version 2026.11.0");
  });

  test("what was answered before is there at once, so that it needs no script", async () => {
    const panel = createPanel();
    panel.setup.known = { ...ALL_GOOD, ...numbers({}) };
    const html = await textOf(panel, "/");
    expect(html).not.toContain("data-pending");
    expect(html).toContain("A house, full account");
    expect(html).toContain("+15005550006");
  });
});

describe("the checklist", () => {
  test("says that all is well", async () => {
    const html = await checklist(numbers({}));
    expect(html).toContain("All is well");
    expect(html).toContain("A house, full account");
    expect(html).toContain("Balance: 12.34 USD");
    expect(html).toContain("The address leads here");
    expect(html).toContain("come to Home Assistant");
    expect(html).not.toContain("Needs you:");
  });

  test.each<[string, Partial<SetupChecks>, string]>([
    ["refused credentials", { account: { kind: "refused" } }, "Copy Account SID and Auth Token"],
    [
      "a suspended account",
      { account: { kind: "known", name: "x", isTrial: false, status: "suspended", balance: null } },
      "Twilio calls it suspended",
    ],
    [
      "missing scripts",
      { scripts: { kind: "missing", names: ["twilio_talk"] } },
      "Missing: script.twilio_talk",
    ],
    ["another's page at the address", { reach: { kind: "other", status: 404 } }, "HTTP 404"],
    ["a redirect", { reach: { kind: "redirected" } }, "leads on to another"],
    ["a certificate of one's own", { reach: { kind: "untrusted", code: "DEPTH_ZERO" } }, "DEPTH_ZERO"],
    ["a number that nobody set up", numbers({ settings: EMPTY }), "go nowhere"],
  ])("is red for %s and says what to do", async (_name, checks, text) => {
    const html = await checklist(checks, { lastSignedAt: null });
    expect(html).toContain("1 point needs you");
    expect(html).toMatch(/class="row attention"/);
    expect(html).toContain(text);
  });

  test.each<[string, Partial<SetupChecks>, string]>([
    ["a router that cannot lead back in", { reach: { kind: "unreachable", code: "ETIMEDOUT" } }, "ETIMEDOUT"],
    [
      "a Twilio that is away",
      { account: { kind: "away" }, numbers: { kind: "away" } },
      "Twilio does not answer",
    ],
    [
      "a trial account",
      { account: { kind: "known", name: "x", isTrial: true, status: "active", balance: null } },
      "numbers that you have verified",
    ],
    ["a second number for something else", numbers({}, { settings: THEIRS }), "go somewhere else"],
  ])("is yellow for %s", async (_name, checks, text) => {
    const html = await checklist(checks, { lastSignedAt: null });
    expect(html).toContain("All is well");
    expect(html).toMatch(/class="row waiting"/);
    expect(html).toContain(text);
  });

  test("believes what Twilio met more than what is seen from inside", async () => {
    const reach = { kind: "unreachable", code: "ETIMEDOUT" } as const;
    expect(await checklist({ reach })).toContain("Twilio has reached the app");
    const failure = { at: (FACTS.lastSignedAt ?? 0) + 1, code: "11200" };
    const failed = await checklist({ reach, failure });
    expect(failed).toContain("Twilio cannot reach the app");
    expect(failed).toContain("Twilio 11200");
    const mended = await checklist({ failure });
    expect(mended).toContain("The address leads here, but Twilio last failed");
    expect(mended).not.toContain("Needs you:");
  });

  test("names notifiers that are paused and why", async () => {
    const panel = createPanel();
    panel.setup.paused = [
      { name: "house", type: "sms", isPaused: true },
      { name: "phone", type: "call", isPaused: false },
    ];
    const html = await textOf(panel, "/checklist");
    expect(html).toMatch(/row attention.*notify\.house.*Paused.*twilio_sms is loaded/);
    expect(html).toMatch(/row good.*notify\.phone.*Makes calls/);
  });

  test("says what overrules a number's addresses", async () => {
    const html = await checklist(numbers({ service: "Alarms <b>", hasTrunk: true }));
    expect(html).toContain("The Messaging Service “Alarms &lt;b&gt;”");
    expect(html).toContain("SIP trunk");
    expect(html).toContain("are decided elsewhere");
  });

  test("speaks German", async () => {
    const homeAssistant = { ...FACTS.homeAssistant, language: "de" };
    const html = await checklist(numbers({ settings: EMPTY }), { homeAssistant });
    expect(html).toContain("1 Punkt braucht Sie");
    expect(html).toContain("Diese Nummer einrichten");
  });
});

describe("a number's page", () => {
  test("shows what stands there and what will, and no secret in an address", async () => {
    const panel = createPanel();
    const plan = { number: { ...NUMBER, settings: THEIRS }, wanted: OURS, before: null, seen: "digest" };
    panel.setup.plan = { kind: "found", plan };
    const html = await textOf(panel, `/number?sid=${NUMBER.sid}`);
    expect(html).toContain("GET https://shop.example/sms?…");
    expect(html).toContain(`POST ${BASE}/webhook`);
    expect(html).toContain('name="seen" value="digest"');
    expect(html).toContain(CHANGE_TOKEN);
    expect(html).not.toContain("hidden@");
    expect(html).not.toContain("key=");
  });

  test.each([
    ["done", { kind: "done" } as const, "Twilio has taken it."],
    ["changed", { kind: "changed" } as const, "nothing was written"],
    [
      "failed",
      { kind: "failed", error: { code: "21402", message: "Url <invalid>", more_info: null } } as const,
      "Url &lt;invalid&gt;",
    ],
  ])("says what became of it: %s", async (_name, change, text) => {
    const panel = createPanel();
    panel.setup.change = change;
    const response = await post(panel, "/number", { sid: NUMBER.sid, seen: "digest", action: "set_up" });
    expect(await response.text()).toContain(text);
  });

  test.each([
    ["is set up", FACTS.publicAddress, "This number is set up"],
    ["cannot be, while the app does not know its address", null, "enter it as public_url"],
  ])("says that the number %s", async (_name, publicAddress, text) => {
    const panel = createPanel();
    panel.facts = { ...FACTS, publicAddress };
    const plan = { number: NUMBER, wanted: null, before: null, seen: "digest" };
    panel.setup.plan = { kind: "found", plan };
    const html = await textOf(panel, `/number?sid=${NUMBER.sid}`);
    expect(html).toContain(text);
    expect(html).not.toContain("<form");
  });

  test("is none for a number of somebody else", async () => {
    expect((await createPanel().ask({ path: "/number?sid=PN1" })).status).toBe(404);
  });
});

describe("a test", () => {
  test("is sent as it was filled in, and followed on the first page", async () => {
    const panel = createPanel();
    const fields = { kind: "call", to: " Alice ", text: "Line 1\r\nLine 2" };
    const response = await post(panel, "/test", fields);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("./?sent=event_1#test");
    expect(panel.setup.sent).toEqual([{ kind: "call", to: "Alice", text: "Line 1\nLine 2" }]);
    expect(await textOf(panel, "/?sent=event_1")).toContain('data-live="test-status?id=event_1"');
  });

  test.each([
    { kind: "fax", to: "Alice", text: "x" },
    { kind: "message", to: " ", text: "x" },
    { kind: "message", to: "Alice", text: " " },
    { kind: "message", to: "Alice", text: "x".repeat(1601) },
  ])("is not sent where something lacks", async (fields) => {
    const panel = createPanel();
    const response = await post(panel, "/test", fields);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Nothing was sent");
    expect(panel.setup.sent).toEqual([]);
  });

  test("is not sent for another page", async () => {
    const panel = createPanel();
    const fields = { kind: "message", to: "Alice", text: "x", change_token: "guessed" };
    expect((await post(panel, "/test", fields)).status).toBe(403);
    expect(panel.setup.sent).toEqual([]);
  });

  test("tells how far it is, and an error in words", async () => {
    const panel = createPanel();
    panel.setup.progress = { stage: "under_way", to: "+12125550123", status: "queued", error: null };
    const under = await textOf(panel, "/test-status?id=event_1");
    expect(under).toContain("Under way: Queued at Twilio");
    expect(under).not.toContain("data-final");
    const error = { code: "30003", message: "It is <off>.", more_info: "javascript:alert(1)" };
    panel.setup.progress = { stage: "failed", to: "+12125550123", status: "undelivered", error };
    const failed = await textOf(panel, "/test-status?id=event_1");
    expect(failed).toContain("Failed: Not delivered");
    expect(failed).toContain("It is &lt;off&gt;.");
    expect(failed).not.toContain("javascript:");
    expect(failed).toContain("data-final");
  });

  test("offers the contacts by name", async () => {
    const html = await textOf(createPanel(), "/");
    expect(html).toContain('<option value="Alice">');
    expect(html).toContain("Bob &amp; &lt;b&gt;Co&lt;/b&gt;");
  });
});
