import { describe, expect, test } from "vitest";

import type { SetupChecks } from "../../../src/setup/checks.ts";
import { CHANGE_TOKEN, APP_STATE } from "../create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";
import { EMPTY, THEIRS } from "./sample-number.ts";
import { checklist, createPanel, numbers, textOf } from "./show-checklist.ts";

describe("the page Setup does not wait for the checks of its checklist:", () => {
  test("the page fetches the results of the checks afterwards", async () => {
    const panel = createPanel();
    panel.setup.checks.fresh = () => new Promise(() => {});
    const html = await textOf(panel, "/");
    expect(html).toContain("data-pending");
    expect(html).toContain("Checking with Twilio");
    expect(html).toContain("Connected, version 2026.11.0");
  });

  test("results that the app already has are on the page at once, also without scripts", async () => {
    const panel = createPanel();
    panel.setup.known = { ...ALL_GOOD, ...numbers({}) };
    const html = await textOf(panel, "/");
    expect(html).not.toContain("data-pending");
    expect(html).toContain("A house, full account");
    expect(html).toContain("+15005550006");
  });
});

describe("the checklist on the page Setup", () => {
  test("says that everything is working if all checks are good", async () => {
    const html = await checklist(numbers({}));
    expect(html).toContain("Everything is working");
    expect(html).toContain("A house, full account");
    expect(html).toContain("Balance: 12.34 USD");
    expect(html).toContain("The address leads to this app");
    expect(html).toContain("go to Home Assistant");
    expect(html).not.toContain("Needs attention:");
  });

  test.each<[string, Partial<SetupChecks>, string]>([
    ["refused credentials", { account: { kind: "refused" } }, "Copy the Account SID and Auth Token"],
    [
      "a suspended account",
      { account: { kind: "known", name: "x", isTrial: false, status: "suspended", balance: null } },
      "Status of the account: suspended",
    ],
    [
      "missing scripts",
      { scripts: { kind: "missing", names: ["twilio_talk"] } },
      "Missing: script.twilio_talk",
    ],
    ["another server at the public address", { reach: { kind: "other", status: 404 } }, "HTTP 404"],
    ["a redirect", { reach: { kind: "redirected" } }, "redirects to another address"],
    ["a self-signed certificate", { reach: { kind: "untrusted", code: "DEPTH_ZERO" } }, "DEPTH_ZERO"],
    ["a number that is not set up", numbers({ settings: EMPTY }), "are not handled"],
  ])("is red for %s and says what to do", async (_name, checks, text) => {
    const html = await checklist(checks, { lastSignedAt: null });
    expect(html).toContain("1 problem needs attention");
    expect(html).toMatch(/class="row attention"/);
    expect(html).toContain(text);
  });

  test.each<[string, Partial<SetupChecks>, string]>([
    [
      "a router that blocks the app's own check of the public address",
      { reach: { kind: "unreachable", code: "ETIMEDOUT" } },
      "ETIMEDOUT",
    ],
    ["a public address that Twilio has not used yet", {}, "Waiting for the first webhook"],
    [
      "scripts that have not been checked",
      { scripts: { kind: "unknown" } },
      "Home Assistant has not answered",
    ],
    [
      "a second number whose webhooks go to another server",
      numbers({}, { settings: THEIRS }),
      "go to another address",
    ],
  ])("is neither red nor yellow for %s", async (_name, checks, text) => {
    const html = await checklist(checks, { lastSignedAt: null });
    expect(html).toContain("No problems; ");
    expect(html).not.toMatch(/class="row (waiting|attention)"/);
    expect(html).toContain(text);
  });

  test.each<[string, Partial<SetupChecks>, string]>([
    [
      "no answer from Twilio",
      { account: { kind: "away" }, numbers: { kind: "away" } },
      "Twilio does not respond",
    ],
    [
      "a trial account",
      { account: { kind: "known", name: "x", isTrial: true, status: "active", balance: null } },
      "numbers that you have verified",
    ],
  ])("is yellow for %s", async (_name, checks, text) => {
    const html = await checklist(checks, { lastSignedAt: null });
    expect(html).toContain("No problems; ");
    expect(html).not.toContain("Needs attention:");
    expect(html).toMatch(/class="row waiting"/);
    expect(html).toContain(text);
  });

  test.each<[string, Partial<SetupChecks>, Partial<typeof APP_STATE>, string]>([
    ["all checks passed", numbers({}), {}, "Everything is working"],
    [
      "a trial account, which does not count as an open check",
      { account: { kind: "known", name: "x", isTrial: true, status: "active", balance: null } },
      {},
      "Everything is working",
    ],
    [
      "no answer to the request for the numbers",
      { numbers: { kind: "away" } },
      {},
      "No problems; 1 check is still open",
    ],
    [
      "events that wait for Home Assistant",
      {},
      { waiting: { events: 2, commands: 0 } },
      "No problems; 1 check is still open",
    ],
    ["no webhook from Twilio so far", {}, { lastSignedAt: null }, "No problems; 2 checks are still open"],
    ["no answer from Home Assistant", { scripts: { kind: "unknown" } }, {}, "1 check is still open"],
  ])("has a summary that fits the results: %s", async (_name, checks, appState, text) => {
    expect(await checklist(checks, appState)).toContain(text);
  });

  test("mentions a certificate only if the public address has HTTPS", async () => {
    expect(await checklist({})).toContain("the address and its certificate");
    const publicAddress = { base: "http://192.0.2.1", source: "configured" as const };
    const html = await checklist({}, { publicAddress });
    expect(html).toContain("over HTTP, without encryption");
    expect(html).not.toContain("certificate");
  });

  test("contains the current webhook URL and the page's token", async () => {
    const publicAddress = { base: "https://learnt.example", source: "learnt" as const };
    const html = await checklist({}, { publicAddress });
    expect(html).toContain('value="https://learnt.example/webhook"');
    expect(html).toContain(`value="${CHANGE_TOKEN}"`);
  });

  test("does not report the public address as unreachable if Twilio's webhooks arrive, although the app cannot reach it", async () => {
    const reach = { kind: "unreachable", code: "ETIMEDOUT" } as const;
    expect(await checklist({ reach })).toContain("Twilio has reached the app");
    const failure = { at: (APP_STATE.lastSignedAt ?? 0) + 1, code: "11200" };
    const failed = await checklist({ reach, failure });
    expect(failed).toContain("Twilio cannot reach the app");
    expect(failed).toContain("Twilio 11200");
    const mended = await checklist({ failure });
    expect(mended).toContain("last webhook got no usable answer");
    expect(mended).not.toContain("Needs attention:");
  });

  const notifier = { name: "house", type: "sms", isPaused: false, isMissing: false } as const;
  /** The lines as they are in the page's HTML. */
  const GROUP = "notify:\n  - platform: group\n    name: house\n    services: []";

  test.each([
    ["works", notifier, /row good.*notify\.house.*Sends messages/],
    ["calls", { ...notifier, type: "call" } as const, /row good.*notify\.house.*Makes calls/],
    ["has not been checked yet", { ...notifier, isMissing: null }, /row open.*notify\.house.*Not known yet/],
  ])("shows a notifier that %s", async (_what, state, row) => {
    const panel = createPanel();
    panel.setup.paused = [state];
    const html = await textOf(panel, "/checklist");
    expect(html).toMatch(row);
    expect(html).not.toContain("platform: group");
  });

  test.each([
    ["paused", { ...notifier, isPaused: true }, "Paused", "platform: twilio_sms"],
    ["without an action", { ...notifier, isMissing: true }, "The action does not exist", "fails"],
  ])("is red for a notifier that is %s, with the lines to copy", async (_what, state, value, why) => {
    const panel = createPanel();
    panel.setup.paused = [state, { ...notifier, name: "phone", type: "call" }];
    const html = await textOf(panel, "/checklist");
    expect(html).toContain("1 problem needs attention");
    expect(html).toMatch(new RegExp(`row attention.*notify\\.house.*${value}.*${why}`));
    expect(html).toContain(`>${GROUP}</textarea>`);
    expect(html).toContain("Then restart Home Assistant.");
    expect(html).toMatch(/row good.*notify\.phone.*Makes calls/);
  });

  test.each([
    [{ ...notifier, isPaused: true }, "Pausiert", "Lösche in configuration.yaml"],
    [{ ...notifier, isMissing: true }, "Die Aktion gibt es nicht", "Füge dies in configuration.yaml ein"],
  ])("says in German how to repair a notifier", async (state, value, cure) => {
    const panel = createPanel();
    panel.setup.paused = [state];
    panel.appState = { ...APP_STATE, homeAssistant: { ...APP_STATE.homeAssistant, language: "de" } };
    const html = await textOf(panel, "/checklist");
    expect(html).toContain(value);
    expect(html).toContain(cure);
    expect(html).toContain(`>${GROUP}</textarea>`);
  });

  test("shows which other Twilio settings override a number's webhook URLs", async () => {
    const html = await checklist(numbers({ service: "Alarms <b>", hasTrunk: true }));
    expect(html).toContain("The Messaging Service “Alarms &lt;b&gt;”");
    expect(html).toContain("SIP trunk");
    expect(html).toContain("are controlled by another service of Twilio");
  });

  test("is in German if Home Assistant is", async () => {
    const homeAssistant = { ...APP_STATE.homeAssistant, language: "de" };
    const html = await checklist(numbers({ settings: EMPTY }), { homeAssistant });
    expect(html).toContain("1 Problem braucht deine Aufmerksamkeit");
    expect(html).toContain("Diese Nummer einrichten");
  });
});
