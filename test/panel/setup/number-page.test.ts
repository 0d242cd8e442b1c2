import { expect, test } from "vitest";

import type { Reach } from "../../../src/inbound/reach.ts";
import type { NumberSettings, NumberWebhooks } from "../../../src/setup/number-webhooks.ts";
import { CHANGE_TOKEN, createTestPanel, APP_STATE } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";
import { ALL_GOOD } from "./create-test-setup.ts";
import { BASE, OURS, EMPTY, THEIRS, NUMBER } from "./sample-number.ts";

const PAGE = `/number?sid=${NUMBER.sid}`;

/** The settings page of a number with `settings` and other properties. */
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
  const fields = { change_token: CHANGE_TOKEN, sid: NUMBER.sid, snapshot: "digest", action };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(fields).toString();
  const response = await panel.ask({ method: "POST", path: "/number", headers, body });
  expect(response.status).toBe(303);
  return response.headers.get("location") ?? "";
}

test("the page of a number shows the current and the new settings, without secrets in URLs", async () => {
  const html = await textOf(createPanel(THEIRS));
  expect(html).toContain("GET https://shop.example/sms?…");
  expect(html).toContain(`POST ${BASE}/webhook`);
  expect(html).toContain('name="snapshot" value="digest"');
  expect(html).toContain(CHANGE_TOKEN);
  expect(html).not.toContain("hidden@");
  expect(html).not.toContain("key=");
});

test.each([
  ["done", { kind: "done" } as const, "Twilio has saved the settings."],
  ["changed", { kind: "changed" } as const, "Nothing was saved"],
  ["on_trunk", { kind: "on_trunk" } as const, "remove the number from the SIP trunk"],
  ["refused", { kind: "refused" } as const, "not allowed to read the numbers"],
  [
    "failed",
    { kind: "failed", error: { code: "21402", message: "Url <invalid>", more_info: null } } as const,
    "Url &lt;invalid&gt;",
  ],
])(
  "after a change, the page of a number shows the result, and a reload changes nothing: %s",
  async (done, change, text) => {
    const panel = createPanel(THEIRS);
    panel.setup.change = change;
    const location = await click(panel, "set_up");
    expect(location).toBe(`number?sid=${NUMBER.sid}&done=${done}`);
    expect(panel.setup.forgotten).toBe(1);
    for (let reload = 0; reload < 2; reload += 1) {
      expect(await textOf(panel, `/${location}`)).toContain(text);
    }
    expect(panel.setup.forgotten).toBe(1);
  },
);

test.each(["failed", "constructor", "<b>"])(
  "the page of a number shows no result if the result in its URL is invented: %s",
  async (done) => {
    const html = await textOf(createPanel(OURS), `${PAGE}&done=${encodeURIComponent(done)}`);
    expect(html).not.toContain('role="status"');
  },
);

test.each<[string, Partial<NumberWebhooks>, string]>([
  ["is set up", {}, "This number is set up"],
  [
    "is overruled by a Messaging Service",
    { service: "Alarms" },
    "a Messaging Service or a SIP trunk controls",
  ],
  ["is overruled by a trunk", { hasTrunk: true }, "a Messaging Service or a SIP trunk controls"],
  [
    "is set up for messages, and has no calls that its trunk controls",
    { calls: false, hasTrunk: true },
    "This number is set up",
  ],
])("the page of a number shows that the number %s", async (_name, number, text) => {
  const html = await textOf(createPanel(OURS, number));
  expect(html).toContain(text);
  expect(html).not.toContain("<form");
});

test("the page of a number says that the app does not know its public address yet", async () => {
  const panel = createPanel(OURS);
  panel.appState = { ...APP_STATE, publicAddress: null };
  expect(await textOf(panel)).toContain("Set up the relay, or enter the address as public_url");
});

test.each([
  ["offers to restore a TwiML App", false, true],
  ["does not offer to restore a TwiML App if this would remove the number from its trunk", true, false],
])("the page of a number %s", async (_name, hasTrunk, hasButton) => {
  const before = { ...EMPTY, voiceApplicationSid: `AP${"1".repeat(32)}` };
  const html = await textOf(createPanel(OURS, { hasTrunk }, before));
  expect(html.includes('value="restore"')).toBe(hasButton);
  expect(html.includes("remove the number from the SIP trunk")).toBe(!hasButton);
});

test.each<[Reach, string]>([
  [{ kind: "other", status: 404 }, "Another server answers at this address"],
  [{ kind: "redirected" }, "redirects to another address"],
  [{ kind: "untrusted", code: "CERT_HAS_EXPIRED" }, "The certificate is not valid"],
])(
  "the page of a number shows above its button that the public address does not work: %o",
  async (reach, text) => {
    const panel = createPanel(THEIRS);
    panel.appState = { ...APP_STATE, lastSignedAt: null };
    panel.setup.fresh = { ...ALL_GOOD, reach };
    const html = await textOf(panel);
    expect(html).toContain(text);
    expect(html.indexOf(text)).toBeLessThan(html.indexOf('value="set_up"'));
  },
);

test("the page of a number shows no fault of the public address while Twilio's webhooks arrive", async () => {
  const panel = createPanel(THEIRS);
  panel.setup.fresh = { ...ALL_GOOD, reach: { kind: "other", status: 404 } };
  expect(await textOf(panel)).not.toContain("Another server answers at this address");
});

test.each([
  ["absent", 404, "no such number"],
  ["refused", 200, "not allowed to read the numbers"],
  ["away", 200, "does not respond"],
] as const)("the page of a number that is %s shows no settings (%i)", async (kind, status, text) => {
  const panel = createPanel(OURS);
  panel.setup.plan = { kind };
  const response = await panel.ask({ path: PAGE });
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
});
