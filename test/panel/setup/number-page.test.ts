import { expect, test } from "vitest";

import type { Reach } from "../../../src/inbound/reach.ts";
import type { NumberSettings, NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { CHANGE_TOKEN, createTestPanel, FACTS } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";
import { BASE, OURS, EMPTY, THEIRS, NUMBER } from "./sample-number.ts";

const PAGE = `/number?sid=${NUMBER.sid}`;

/** Where a number has `settings` and something else beside. */
function createPanel(
  settings: NumberSettings,
  number: Partial<NumberWebhooks> = {},
  previousSettings: NumberSettings | null = null,
): TestPanel {
  const panel = createTestPanel({ supervised: false, password: null });
  const newSettings = settings === OURS ? null : OURS;
  const plan = {
    number: { ...NUMBER, settings, ...number },
    newSettings,
    previousSettings,
    snapshotHash: "digest",
  };
  panel.setup.plan = { kind: "found", plan };
  return panel;
}

const textOf = async (panel: TestPanel, path = PAGE): Promise<string> =>
  await (await panel.ask({ path })).text();

async function click(panel: TestPanel, action: string): Promise<string> {
  const fields = { change_token: CHANGE_TOKEN, sid: NUMBER.sid, seen: "digest", action };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(fields).toString();
  const response = await panel.ask({ method: "POST", path: "/number", headers, body });
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
}

test("it shows what stands there and what will, and no secret in an address", async () => {
  const html = await textOf(createPanel(THEIRS));
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
  ["on_trunk", { kind: "on_trunk" } as const, "off its trunk"],
  ["refused", { kind: "refused" } as const, "does not let these credentials"],
  [
    "failed",
    { kind: "failed", error: { code: "21402", message: "Url <invalid>", more_info: null } } as const,
    "Url &lt;invalid&gt;",
  ],
])("it leads to a page that says what became of it and changes nothing: %s", async (done, change, text) => {
  const panel = createPanel(THEIRS);
  panel.setup.change = change;
  const location = await click(panel, "set_up");
  expect(location).toBe(`number?sid=${NUMBER.sid}&done=${done}`);
  expect(panel.setup.forgotten).toBe(1);
  for (let reload = 0; reload < 2; reload += 1) {
    expect(await textOf(panel, `/${location}`)).toContain(text);
  }
  expect(panel.setup.forgotten).toBe(1);
});

test.each(["failed", "constructor", "<b>"])(
  "an address that somebody made up says nothing: %s",
  async (done) => {
    const html = await textOf(createPanel(OURS), `${PAGE}&done=${encodeURIComponent(done)}`);
    expect(html).not.toContain('role="status"');
  },
);

test.each<[string, Partial<NumberWebhooks>, string]>([
  ["is set up", {}, "This number is set up"],
  ["is overruled by a Messaging Service", { service: "Alarms" }, "not all that comes to it"],
  ["is overruled by a trunk", { hasTrunk: true }, "not all that comes to it"],
  ["has no calls that a trunk could take", { calls: false, hasTrunk: true }, "This number is set up"],
])("it says that the number %s", async (_name, number, text) => {
  const html = await textOf(createPanel(OURS, number));
  expect(html).toContain(text);
  expect(html).not.toContain("<form");
});

test("it says that the app has to know its address first", async () => {
  const panel = createPanel(OURS);
  panel.facts = { ...FACTS, publicAddress: null };
  expect(await textOf(panel)).toContain("enter it as public_url");
});

test.each([
  ["puts back an application", false, true],
  ["does not where that would take the number off its trunk", true, false],
])("it %s", async (_name, hasTrunk, isOffered) => {
  const before = { ...EMPTY, voiceApplicationSid: `AP${"1".repeat(32)}` };
  const html = await textOf(createPanel(OURS, { hasTrunk }, before));
  expect(html.includes('value="put_back"')).toBe(isOffered);
  expect(html.includes("off its trunk")).toBe(!isOffered);
});

test.each<[Reach, string]>([
  [{ kind: "other", status: 404 }, "Something else answers there"],
  [{ kind: "redirected" }, "leads on to another"],
  [{ kind: "untrusted", code: "CERT_HAS_EXPIRED" }, "The certificate is not valid"],
])("it says above the button that the address leads elsewhere: %o", async (reach, text) => {
  const panel = createPanel(THEIRS);
  panel.facts = { ...FACTS, lastSignedAt: null };
  panel.setup.fresh = { ...ALL_GOOD, reach };
  const html = await textOf(panel);
  expect(html).toContain(text);
  expect(html.indexOf(text)).toBeLessThan(html.indexOf('value="set_up"'));
});

test("it says nothing of what only seems so from inside", async () => {
  const panel = createPanel(THEIRS);
  panel.setup.fresh = { ...ALL_GOOD, reach: { kind: "other", status: 404 } };
  expect(await textOf(panel)).not.toContain("Something else answers there");
});

test.each([
  ["absent", 404, "no such number"],
  ["refused", 200, "does not let these credentials"],
  ["away", 200, "does not answer"],
] as const)("there is none where the number is %s (%i)", async (kind, status, text) => {
  const panel = createPanel(OURS);
  panel.setup.plan = { kind };
  const response = await panel.ask({ path: PAGE });
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
});
