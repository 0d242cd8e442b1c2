import { expect, test } from "vitest";

import type { RelayObstacle, RelayPlan, RelayState } from "../../../src/setup/relay/relay-state.ts";
import { RELAY_DE } from "../../../src/texts/de/relay.ts";
import { RELAY_EN } from "../../../src/texts/en/relay.ts";
import { CHANGE_TOKEN, createTestPanel, APP_STATE } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const INGRESS = "172.30.32.2";
const DOMAIN = "home-assistant-0123abcd-1234.twil.io";
const READY: RelayState = { kind: "ready", domain: DOMAIN, problem: null, test: { at: 0, ms: 345 } };
const PLAN: RelayPlan = {
  kind: "possible",
  name: "home-assistant-0123abcd",
  house: "cloudhook",
  isForeign: false,
  numbers: [
    { sid: "PN1", number: "+15005550006", isFree: true },
    { sid: "PN2", number: "+15005550007", isFree: false },
  ],
};

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);

/** The text of the page as a browser shows it, without tags, and with characters in place of their entities. */
async function page(present: RelayState, next: RelayPlan = PLAN, language = "en"): Promise<string> {
  const panel = createPanel();
  panel.appState = { ...APP_STATE, homeAssistant: { ...APP_STATE.homeAssistant, language } };
  panel.relay.present = present;
  panel.relay.next = next;
  const html = await (await panel.ask({ path: "/relay" })).text();
  return html.replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

test.for([
  ["en", RELAY_EN],
  ["de", RELAY_DE],
] as const)(
  "the relay's page lists what will be created at Twilio and what it may cost (%s)",
  async ([language, texts]) => {
    const html = await page({ kind: "none" }, PLAN, language);
    for (const text of [texts.plan.service(PLAN.kind === "possible" ? PLAN.name : ""), texts.plan.cloudhook])
      expect(html).toContain(text);
    expect(html).toContain(texts.plan.cost);
    expect(html).toContain(texts.plan.setUp);
  },
);

test("the relay's page preselects only numbers whose webhooks do not go to another server", async () => {
  const html = await page({ kind: "none" });
  expect(html).toMatch(/value="PN1" checked/);
  expect(html).not.toMatch(/value="PN2" checked/);
  expect(html).toContain(`+15005550007 (${RELAY_EN.plan.notFree})`);
});

test.for(Object.keys(RELAY_EN.obstacles) as RelayObstacle[])(
  "the relay's page says why no relay can be set up: %s",
  async (kind) => {
    const html = await page({ kind: "none" }, { kind });
    expect(html).toContain(RELAY_EN.obstacles[kind]);
    expect(html).not.toContain('value="set_up"');
  },
);

test("the relay's page warns before the app takes over another installation's relay", async () => {
  expect(await page({ kind: "none" }, { ...PLAN, isForeign: true })).toContain(RELAY_EN.plan.foreign);
});

test("the relay's page shows the steps while the relay is being set up, and no button", async () => {
  const html = await page({ kind: "busy", work: "setting_up", step: "build", since: 0 });
  for (const name of [RELAY_EN.steps.names.service, RELAY_EN.steps.names.build, RELAY_EN.steps.names.test])
    expect(html).toContain(name);
  expect(html).toContain('data-every="2"');
  expect(html).not.toContain("<button name=");
});

test("after a failed set-up, the relay's page shows the step and Twilio's reason, with buttons to continue or to remove the relay", async () => {
  const error = { code: "20001", message: "Value can be at most 450 bytes", more_info: null };
  const html = await page({ kind: "failed", work: "setting_up", step: "variables", error });
  expect(html).toContain(RELAY_EN.steps.failedAt(RELAY_EN.steps.names.variables));
  expect(html).toContain("Value can be at most 450 bytes (20001)");
  expect(html).toContain('value="set_up"');
  expect(html).toContain('value="remove"');
});

test("after the removal of the relay, an open page of the relay stops requesting its state", async () => {
  const busy = await page({ kind: "busy", work: "removing", step: "removal", since: 0 });
  expect(busy).not.toContain("data-final");
  expect(await page({ kind: "none" })).toContain("data-final");
});

test("the relay's page shows the public address of a working relay, and how long its last test took", async () => {
  const html = await page(READY);
  expect(html).toContain(`https://${DOMAIN}`);
  expect(html).toContain(RELAY_EN.ready.tested(345));
  expect(html).toContain(RELAY_EN.plan.repair);
});

test.for(Object.keys(RELAY_EN.ready.problems) as (keyof typeof RELAY_EN.ready.problems)[])(
  "the relay's page and the page Setup say what is wrong with the relay: %s",
  async (problem) => {
    const present: RelayState = { kind: "ready", domain: DOMAIN, problem, test: null };
    expect(await page(present)).toContain(RELAY_EN.ready.problems[problem]);
    const panel = createPanel();
    Object.assign(panel.setup, { relayState: () => present });
    const first = await (await panel.ask({ path: "/" })).text();
    expect(first.replaceAll("&#39;", "'")).toContain(RELAY_EN.ready.problems[problem]);
  },
);

test("on the relay's page, the set-up button starts with the ticked numbers, and the button Remove removes the relay", async () => {
  const panel = createPanel();
  const press = async (body: string): Promise<Response> =>
    await panel.ask({
      path: "/relay",
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `change_token=${CHANGE_TOKEN}&${body}`,
    });
  expect((await press("action=set_up&number=PN1&number=PN2")).status).toBe(303);
  expect((await press("action=set_up")).status).toBe(303);
  expect((await press("action=remove")).status).toBe(303);
  expect(panel.relay.pressed).toEqual(["set up PN1 PN2", "set up", "remove"]);
});

test("a form of the relay's page without the page's token does nothing", async () => {
  const panel = createPanel();
  const answer = await panel.ask({ path: "/relay", method: "POST", body: "action=remove" });
  expect(answer.status).toBe(403);
  expect(panel.relay.pressed).toEqual([]);
});
