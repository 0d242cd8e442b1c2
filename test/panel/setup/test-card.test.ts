import { expect, test } from "vitest";

import { CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const createPanel = (): TestPanel => createTestPanel({ supervised: false, password: null });
const textOf = async (panel: TestPanel, path: string): Promise<string> =>
  await (await panel.ask({ path })).text();
const post = (panel: TestPanel, path: string, fields: Record<string, string>): Promise<Response> =>
  panel.ask({
    method: "POST",
    path,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ change_token: CHANGE_TOKEN, ...fields }).toString(),
  });

test("two clicks on the test button of one page Setup have the same idempotency key, and the next page has another one", async () => {
  const panel = createPanel();
  const keyOf = async () =>
    /name="idempotency_key" value="([^"]+)"/.exec(await textOf(panel, "/"))?.[1] ?? "";
  const key = await keyOf();
  const fields = { kind: "message", to: "Alice", text: "Hello", idempotency_key: key };
  await Promise.all([post(panel, "/test", fields), post(panel, "/test", fields)]);
  expect(panel.setup.pages).toEqual([key, key]);
  expect(key).toMatch(/^[\w-]{22}$/);
  expect(await keyOf()).not.toBe(key);
});

test("an incomplete form for a test message keeps what the user typed", async () => {
  const fields = { kind: "call", to: "", text: "Hello <b>you</b>" };
  const html = await (await post(createPanel(), "/test", fields)).text();
  expect(html).toContain("Hello &lt;b&gt;you&lt;/b&gt;</textarea>");
  expect(html).toMatch(/value="call" checked/);
  expect(html).not.toMatch(/value="message" checked/);
  const other = await (await post(createPanel(), "/test", { kind: "message", to: 'A"b', text: "" })).text();
  expect(other).toContain('value="A&quot;b"');
  expect(other).toContain("></textarea>");
  expect(other).toMatch(/value="message" checked/);
});

test("if the test message in the URL of a page is not known, the page says this and is not refreshed", async () => {
  const panel = createPanel();
  panel.setup.progress = { stage: "unknown", to: null, status: null, error: null };
  const html = await textOf(panel, "/test-status?id=made-up");
  expect(html).toContain("Result not known");
  expect(html).toContain("data-final");
});

test("a test message is sent as the user typed it, and the page Setup shows its progress", async () => {
  const panel = createPanel();
  const fields = { kind: "call", to: " Alice ", text: "Line 1\r\nLine 2" };
  const response = await post(panel, "/test", fields);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("./?sent=event_1#test");
  expect(panel.setup.sent).toEqual([{ kind: "call", to: "Alice", text: "Line 1\nLine 2" }]);
  expect(await textOf(panel, "/?sent=event_1")).toContain('data-live="test-status?id=event_1"');
});

test.each([
  ["en", { kind: "fax", to: "Alice", text: "x" }, "Nothing was sent: choose a message or a call."],
  ["en", { kind: "message", to: " ", text: "x" }, "under “To”, enter a contact"],
  ["de", { kind: "message", to: " ", text: "x" }, "Gib unter „An“ einen Kontakt ein"],
  [
    "en",
    { kind: "message", to: "A".repeat(201), text: "x" },
    "“To” has 201 characters, and may have at most 200",
  ],
  ["de", { kind: "call", to: "A".repeat(201), text: "x" }, "„An“ hat 201 Zeichen"],
  ["en", { kind: "message", to: "Alice", text: " " }, "Nothing was sent: enter a text."],
  ["en", { kind: "message", to: "Alice", text: "x".repeat(1601) }, "the text has 1601 characters"],
  ["de", { kind: "call", to: "Alice", text: "x".repeat(1601) }, "Der Text hat 1601 Zeichen"],
])(
  "an invalid test message (%s) is not sent, and the form keeps what the user typed",
  async (language, fields, why) => {
    const panel = createPanel();
    panel.appState = { ...panel.appState, homeAssistant: { ...panel.appState.homeAssistant, language } };
    const response = await post(panel, "/test", fields);
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain(why);
    expect(html).toContain(`value="${fields.to.trim()}"`);
    expect(html).toContain(`>${fields.text.trim()}</textarea>`);
    expect(panel.setup.sent).toEqual([]);
  },
);

test("the fields for a test message do not cut the text, and show its length and the limit", async () => {
  const html = await textOf(createPanel(), "/");
  expect(html).not.toContain("maxlength");
  expect(html).toMatch(/<span data-counted="true">26<\/span> of at most 1600 characters/);
});

test("a form of another site cannot send a test message", async () => {
  const panel = createPanel();
  const fields = { kind: "message", to: "Alice", text: "x", change_token: "guessed" };
  expect((await post(panel, "/test", fields)).status).toBe(403);
  expect(panel.setup.sent).toEqual([]);
});

test("the page Setup shows the progress of a test message, and an error as a sentence", async () => {
  const panel = createPanel();
  panel.setup.progress = { stage: "under_way", to: "+12125550123", status: "queued", error: null };
  const under = await textOf(panel, "/test-status?id=event_1");
  expect(under).toContain("In progress: Queued at Twilio");
  expect(under).not.toContain("data-final");
  const error = { code: "30003", message: "It is <off>.", more_info: "javascript:alert(1)" };
  panel.setup.progress = { stage: "failed", to: "+12125550123", status: "undelivered", error };
  const failed = await textOf(panel, "/test-status?id=event_1");
  expect(failed).toContain("Failed: Not delivered");
  expect(failed).toContain("It is &lt;off&gt;.");
  expect(failed).not.toContain("javascript:");
  expect(failed).toContain("data-final");
});

test("the form for a test message suggests the contacts by name", async () => {
  const html = await textOf(createPanel(), "/");
  expect(html).toContain('<option value="Alice">');
  expect(html).toContain("Bob &amp; &lt;b&gt;Co&lt;/b&gt;");
});
