import { describe, expect, test } from "vitest";

import type { SetupChecks } from "../../../src/setup/checks.ts";
import type { NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { CHANGE_TOKEN, createTestPanel, FACTS } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";
import { EMPTY, THEIRS, NUMBER } from "./sample-number.ts";

const INGRESS = "172.30.32.2";

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);
const textOf = async (panel: TestPanel, path: string): Promise<string> =>
  await (await panel.ask({ path })).text();
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
    panel.setup.checks.fresh = () => new Promise(() => {});
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
    expect(html).toContain("Nothing to do; ");
    expect(html).not.toContain("Needs you:");
    expect(html).toMatch(/class="row waiting"/);
    expect(html).toContain(text);
  });

  test.each<[string, Partial<SetupChecks>, Partial<typeof FACTS>, string]>([
    ["a settled house", numbers({}), {}, "All is well"],
    [
      "a trial account, which is settled as it is",
      { account: { kind: "known", name: "x", isTrial: true, status: "active", balance: null } },
      {},
      "All is well",
    ],
    ["numbers that are not known", { numbers: { kind: "away" } }, {}, "Nothing to do; 1 point is not"],
    ["something that waits", {}, { waiting: { events: 2, commands: 0 } }, "Nothing to do; 1 point is not"],
    ["a Twilio that was never heard", {}, { lastSignedAt: null }, "Nothing to do; 2 points are not"],
    [
      "a Home Assistant that was not to be asked",
      { scripts: { kind: "unknown" } },
      {},
      "1 point is not settled",
    ],
  ])("sums up %s", async (_name, checks, facts, text) => {
    expect(await checklist(checks, facts)).toContain(text);
  });

  test("says of a certificate only where there is one", async () => {
    expect(await checklist({})).toContain("its certificate checked");
    const publicAddress = { base: "http://192.0.2.1", source: "configured" as const };
    const html = await checklist({}, { publicAddress });
    expect(html).toContain("by HTTP without encryption");
    expect(html).not.toContain("certificate");
  });

  test("has the webhook's address as it has become, and the token of this start", async () => {
    const publicAddress = { base: "https://learnt.example", source: "learnt" as const };
    const html = await checklist({}, { publicAddress });
    expect(html).toContain('value="https://learnt.example/webhook"');
    expect(html).toContain(`value="${CHANGE_TOKEN}"`);
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

  const notifier = { name: "house", type: "sms", isPaused: false, isMissing: false } as const;
  /** As the page holds it, for whoever copies it. */
  const GROUP = "notify:\n  - platform: group\n    name: house\n    services: []";

  test.each([
    ["works", notifier, /row good.*notify\.house.*Sends messages/],
    ["calls", { ...notifier, type: "call" } as const, /row good.*notify\.house.*Makes calls/],
    [
      "nobody could ask for yet",
      { ...notifier, isMissing: null },
      /row waiting.*notify\.house.*Not known yet/,
    ],
  ])("shows a notifier that %s", async (_what, standing, row) => {
    const panel = createPanel();
    panel.setup.paused = [standing];
    const html = await textOf(panel, "/checklist");
    expect(html).toMatch(row);
    expect(html).not.toContain("platform: group");
  });

  test.each([
    ["paused", { ...notifier, isPaused: true }, "Paused", "platform: twilio_sms"],
    ["without an action", { ...notifier, isMissing: true }, "The action does not exist", "fails"],
  ])("is red for a notifier that is %s, with the lines to copy", async (_what, standing, value, why) => {
    const panel = createPanel();
    panel.setup.paused = [standing, { ...notifier, name: "phone", type: "call" }];
    const html = await textOf(panel, "/checklist");
    expect(html).toContain("1 point needs you");
    expect(html).toMatch(new RegExp(`row attention.*notify\\.house.*${value}.*${why}`));
    expect(html).toContain(`>${GROUP}</textarea>`);
    expect(html).toContain("Then restart Home Assistant.");
    expect(html).toMatch(/row good.*notify\.phone.*Makes calls/);
  });

  test.each([
    [{ ...notifier, isPaused: true }, "Angehalten", "Löschen Sie in configuration.yaml"],
    [
      { ...notifier, isMissing: true },
      "Die Aktion gibt es nicht",
      "Fügen Sie dies in configuration.yaml ein",
    ],
  ])("says the cure of a notifier in German too", async (standing, value, cure) => {
    const panel = createPanel();
    panel.setup.paused = [standing];
    panel.facts = { ...FACTS, homeAssistant: { ...FACTS.homeAssistant, language: "de" } };
    const html = await textOf(panel, "/checklist");
    expect(html).toContain(value);
    expect(html).toContain(cure);
    expect(html).toContain(`>${GROUP}</textarea>`);
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
