import { describe, expect, test } from "vitest";

import { saveEvent } from "../../journal/conversation-rows.ts";
import { CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const ANNA = "+4915112345678";
const OURS = "+15005550006";
const AT = Date.UTC(2026, 10, 24, 12);

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, "172.30.32.2");
const page = async (panel: TestPanel, path: string): Promise<string> => (await panel.ask({ path })).text();
const keyOf = (panel: TestPanel, address: string): string =>
  panel.talk.store.conversations.keyOf(address) ?? "";
const withAnna = (panel: TestPanel): string => `/conversation?with=${keyOf(panel, ANNA)}`;

async function panelWith(text: string): Promise<TestPanel> {
  const panel = createPanel();
  await saveEvent(panel.talk.store, { From: ANNA, To: OURS, Body: text }, AT);
  return panel;
}

function post(panel: TestPanel, fields: Readonly<Record<string, string>>): Promise<Response> {
  const to = { with: keyOf(panel, ANNA) };
  const body = new URLSearchParams({ change_token: CHANGE_TOKEN, ...to, ...fields }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return panel.ask({ method: "POST", path: "/reply", headers, body });
}

describe("a reply on the page of a conversation", () => {
  const FIELDS = { text: "On my way", idempotency_key: "key-1" };

  test("goes to the sender from the number that received the message, and then the conversation is shown again", async () => {
    const panel = await panelWith("Is the gate closed?");
    const response = await post(panel, FIELDS);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`conversation?with=${keyOf(panel, ANNA)}#newest`);
    expect(panel.talk.replies).toMatchObject([
      { to: ANNA, sender: OURS, isWhatsApp: false, text: "On my way" },
    ]);
  });

  test("goes by WhatsApp if the last message came by WhatsApp", async () => {
    const panel = await panelWith("by SMS");
    const data = { From: `whatsapp:${ANNA}`, To: `whatsapp:${OURS}`, Body: "hi" };
    await saveEvent(panel.talk.store, data, AT + 9);
    expect(await page(panel, withAnna(panel))).toContain("The reply is sent by WhatsApp.");
    await post(panel, FIELDS);
    const [reply] = panel.talk.replies;
    expect(reply).toMatchObject({ to: `whatsapp:${ANNA}`, sender: `whatsapp:${OURS}`, isWhatsApp: true });
  });

  test("goes by WhatsApp even if a hundred calls followed the message", async () => {
    const panel = createPanel();
    const { store } = panel.talk;
    const data = { From: `whatsapp:${ANNA}`, To: `whatsapp:${OURS}`, Body: "hi" };
    await saveEvent(store, data, AT);
    for (let index = 1; index <= 100; index += 1)
      await saveEvent(store, { From: ANNA, CallStatus: "ringing" }, AT + index, "incoming_call");
    await post(panel, FIELDS);
    expect(panel.talk.replies).toMatchObject([{ to: `whatsapp:${ANNA}`, isWhatsApp: true }]);
  });

  test.each([
    [`rcs:${ANNA}`, "rcs:our_agent", "RCS"],
    ["messenger:1234567890", "messenger:9876543210", "Messenger"],
    ["whatsapp:US.1349012345678", `whatsapp:${OURS}`, "WhatsApp"],
    ["whatsapp:+5215512345678", `whatsapp:${OURS}`, "WhatsApp"],
    ["viber:aBc/dE==", "viber:house", "Viber"],
    ["+5215512345678", OURS, "SMS"],
  ])(
    "to %s goes to exactly this address, from %s, and the page shows the channel",
    async (From, To, channel) => {
      const panel = createPanel();
      await saveEvent(panel.talk.store, { From, To, Body: "hi" }, AT);
      const key = keyOf(panel, From);
      expect(await page(panel, `/conversation?with=${key}`)).toContain(`The reply is sent by ${channel}.`);
      await post(panel, { ...FIELDS, with: key });
      expect(panel.talk.replies).toMatchObject([{ to: From, sender: To }]);
    },
  );

  test.each(["MyBank", "client:anna", "sip:door@house.example", "anonymous", "+266696687"])(
    "is not possible to %s, which receives no messages",
    async (From) => {
      const panel = createPanel();
      await saveEvent(panel.talk.store, { From, To: OURS, CallStatus: "ringing" }, AT, "incoming_call");
      const key = keyOf(panel, From);
      expect(await page(panel, `/conversation?with=${key}`)).toContain("You cannot reply here");
      expect((await post(panel, { ...FIELDS, with: key })).status).toBe(400);
      expect(panel.talk.replies).toEqual([]);
    },
  );

  test("stays in its field if it cannot be stored, and is not shown as sent", async () => {
    const panel = await panelWith("hi");
    panel.talk.keepsReplies = false;
    const response = await post(panel, FIELDS);
    expect(response.status).toBe(503);
    const html = await response.text();
    expect(html).toContain("Nothing was sent");
    expect(html).toContain(">On my way</textarea>");
  });

  test("is shown as waiting while it waits for Home Assistant", async () => {
    const panel = await panelWith("hi");
    const { store } = panel.talk;
    const data = { command: "send_message", payload: { to: ANNA, message: "On my way" } };
    await store.pendingRequests.save({ kind: "event", data }, AT);
    expect(await page(panel, withAnna(panel))).toContain("1 reply is waiting for Home Assistant");
    await store.pendingRequests.remove(1);
    expect(await page(panel, withAnna(panel))).not.toContain("waiting for Home Assistant");
  });

  test("is sent once if the button is pressed twice, and a changed text is sent as another message", async () => {
    const panel = await panelWith("hi");
    for (const over of [{}, {}, { text: "Another" }, { idempotency_key: "key-2" }])
      await post(panel, { ...FIELDS, ...over });
    const [first, again, ...others] = panel.talk.replies.map(({ requestId }) => requestId);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  test.each([
    [{ text: " " }, "empty"],
    [{ text: "x".repeat(1601) }, "too long"],
    [{ with: "" }, "for nobody"],
    [{ with: ANNA }, "for a number in the place of a key"],
  ])("is not sent with %o, which is %s", async (over, _why) => {
    const panel = await panelWith("hi");
    const response = await post(panel, { ...FIELDS, ...over });
    expect(response.status).toBe(400);
    expect(panel.talk.replies).toEqual([]);
  });

  test("stays in its field if it is too long, and the page shows the reason", async () => {
    const panel = await panelWith("hi");
    const html = await (await post(panel, { ...FIELDS, text: `${"long ".repeat(400)}</textarea>` })).text();
    expect(html).toMatch(
      /role="alert">Nothing was sent. The message has 2011 characters, and Twilio accepts at most 1600/,
    );
    expect(html).toMatch(/<span data-counted="true">2011<\/span> of at most 1600 characters/);
    // With this attribute, the script would request the URL of the form, which has no page.
    expect(html).not.toMatch(/id="talk"[^>]* data-live/);
    expect(html).toMatch(/>long long .*&lt;\/textarea&gt;<\/textarea>/);
  });

  test.each([
    ["en", "is too long", "x".repeat(1601), "Nothing was sent. The message has 1601 characters"],
    ["de", "is too long", "x".repeat(1601), "Es wurde nichts gesendet. Die Nachricht hat 1601 Zeichen"],
    ["en", "is far too long", "x".repeat(60_000), "Nothing was sent. The message has 60000 characters"],
    ["en", "has too many emoji", "😀".repeat(801), "Nothing was sent. The message has 1602 characters"],
    ["en", "is empty", " ", "Nothing was sent. Enter a message."],
    ["de", "is empty", " ", "Es wurde nichts gesendet. Gib eine Nachricht ein."],
  ])(
    "on a page in %s is refused with the reason if it %s, and stays in its field",
    async (language, _what, text, why) => {
      const panel = await panelWith("hi");
      panel.appState = { ...panel.appState, homeAssistant: { ...panel.appState.homeAssistant, language } };
      const response = await post(panel, { ...FIELDS, text });
      expect(response.status).toBe(400);
      const html = await response.text();
      expect(html).toContain(why);
      expect(html).toContain(`>${text.trim()}</textarea>`);
      expect(panel.talk.replies).toEqual([]);
    },
  );

  test("is sent completely if it has exactly the maximum length, and a line break counts as one character", async () => {
    const panel = await panelWith("hi");
    const text = `${"x".repeat(800)}\r\n${"y".repeat(799)}`;
    expect((await post(panel, { ...FIELDS, text })).status).toBe(303);
    expect(panel.talk.replies).toMatchObject([{ text: text.replace("\r\n", "\n") }]);
  });

  test("is typed in a field that does not cut the text", async () => {
    const html = await page(await panelWith("hi"), withAnna(await panelWith("hi")));
    expect(html).not.toContain("maxlength");
  });

  test("is refused without the page's token", async () => {
    const panel = await panelWith("hi");
    expect((await post(panel, { ...FIELDS, change_token: "guess" })).status).toBe(403);
    expect(panel.talk.replies).toEqual([]);
  });
});
