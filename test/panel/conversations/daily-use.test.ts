import { describe, expect, test } from "vitest";

import { messageTo, saveEvent } from "../../journal/conversation-rows.ts";
import { CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";
const OURS = "+15005550006";
const NOW = Date.UTC(2026, 10, 24, 14);
const HOUR_MS = 3_600_000;

const createPanel = (language = "en-GB"): TestPanel => {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2");
  const { appState } = panel;
  panel.appState = { ...appState, homeAssistant: { ...appState.homeAssistant, language } };
  panel.talk.names.set(ANNA, "Anna");
  return panel;
};
const page = async (panel: TestPanel, path: string): Promise<string> => (await panel.ask({ path })).text();
const withAnna = (panel: TestPanel): string => `with=${panel.talk.store.conversations.keyOf(ANNA)}`;
const deliver = (panel: TestPanel): void =>
  panel.talk.store.database.exec("UPDATE events SET state = 'delivered'");

async function post(panel: TestPanel, path: string, fields: Readonly<Record<string, string | File>>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ change_token: CHANGE_TOKEN, idempotency_key: "k", ...fields }))
    form.set(name, value);
  const encoded = new Response(form);
  return await panel.ask({
    path,
    method: "POST",
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
    body: await encoded.text(),
  });
}

async function failedMessage(panel: TestPanel): Promise<void> {
  const { store } = panel.talk;
  await store.commands.add(messageTo("req_1", ANNA, "Come down", NOW), null);
  const error = { code: "30003", message: "The phone is off.", more_info: null };
  const result = {
    to: ANNA,
    sid: "SM1",
    status: "undelivered",
    segments: 1,
    answered_by: null,
    duration: null,
  };
  await store.commands.markDone("req_1", 0, { ...result, error });
}

describe("the time of a message", () => {
  test.each([
    ["en-GB", 1, "13:00|14:00"],
    ["en-GB", 30, "Yesterday"],
    ["de", 30, "Gestern"],
    ["en-GB", 3 * 24, "Saturday"],
    ["en-GB", 40 * 24, "15 Oct"],
    ["de", 400 * 24, "20.10.25"],
  ])("is short in the list of conversations: %s, %i hours ago", async (language, hours, expected) => {
    const panel = createPanel(language);
    await saveEvent(panel.talk.store, { From: ANNA, Body: "hi" }, NOW - hours * HOUR_MS);
    expect(await page(panel, "/conversations")).toMatch(new RegExp(`<time[^>]*>(${expected})</time>`));
  });

  test("in a conversation is shown below the heading of its day", async () => {
    const panel = createPanel();
    for (const hours of [24 * 7, 26, 25, 1])
      await saveEvent(panel.talk.store, { From: ANNA, Body: "hi" }, NOW - hours * HOUR_MS);
    const html = await page(panel, `/conversation?${withAnna(panel)}`);
    expect([...html.matchAll(/<h3>([^<]*)</g)].map(([, day]) => day)).toEqual([
      "Tuesday 17 November",
      "Yesterday",
      "Today",
    ]);
  });
});

describe("an unread message", () => {
  test("is marked in the list of conversations until the user opens the conversation", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, Body: "one" }, NOW);
    await saveEvent(panel.talk.store, { From: ANNA, Body: "two" }, NOW + 1);
    expect(await page(panel, "/conversations")).toMatch(/class="unread".*2 unread/s);
    await page(panel, `/conversation?${withAnna(panel)}`);
    expect(await page(panel, "/conversations")).not.toContain("2 unread");
  });

  test("is counted in the title and the navigation of a page", async () => {
    const panel = createPanel();
    panel.appState = { ...panel.appState, unread: 120 };
    const html = await page(panel, "/conversations");
    expect(html).toContain("<title>(99+) Conversations · Twilio</title>");
    expect(html).toContain("120 unread");
    panel.appState = { ...panel.appState, unread: 0 };
    expect(await page(panel, "/conversations")).toContain("<title>Conversations · Twilio</title>");
  });

  test("stays marked while the user looks at older messages", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, Body: "one" }, NOW);
    await page(panel, `/conversation?${withAnna(panel)}&before=${NOW}.0.1.0`);
    expect(panel.talk.store.conversations.countUnread()).toBe(1);
  });
});

describe("a new message that the user writes on the panel", () => {
  test("goes to a contact by the chosen channel, and then the page shows its conversation", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, Body: "hi" }, NOW);
    expect(await page(panel, "/new?to=Anna")).toContain('value="Anna"');
    const response = await post(panel, "/new", { to: "Anna", by: "whatsapp", text: "Hello", do: "send" });
    expect(response.headers.get("location")).toContain(withAnna(panel));
    expect(panel.talk.replies).toMatchObject([
      { to: ANNA, sender: null, isWhatsApp: true, text: "Hello", media: [] },
    ]);
  });

  test.each([
    ["", "Hello", "Enter a contact or a number."],
    ["Nobody", "Hello", "neither a contact nor a valid number"],
    ["Anna", "", "Enter a message."],
  ])("to '%s' with the text '%s' is not sent, and stays in the form", async (to, text, why) => {
    const panel = createPanel();
    const response = await post(panel, "/new", { to, by: "sms", text, do: "send" });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain(why);
    expect(html).toContain(`value="${to}"`);
    expect(html).toContain(`>${text}</textarea>`);
    expect(panel.talk.replies).toEqual([]);
  });

  test("can be a call instead", async () => {
    const panel = createPanel();
    const html = await (await post(panel, "/new", { to: "Anna", text: "", do: "call" })).text();
    expect(html).toContain("Call Anna");
    expect(html).toContain(`name="to" value="${ANNA}"`);
  });
});

describe("a picture that the user sends on the panel", () => {
  test("can come from the device, and is published for Twilio", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, To: OURS, Body: "hi" }, NOW);
    const [, key = ""] = withAnna(panel).split("=");
    const file = new File(["picture"], "cat.jpg", { type: "image/jpeg" });
    expect((await post(panel, "/reply", { with: key, text: "", file })).status).toBe(303);
    expect(panel.talk.uploads).toEqual(["image/jpeg"]);
    expect(panel.talk.replies).toMatchObject([{ text: "", media: ["https://home.example/media/1"] }]);
  });

  test.each([
    ["camera.front_door", 303, ["camera.front_door"]],
    ["front door", 400, null],
    ["javascript:alert(1)", 400, null],
  ])(
    "can be from a camera, and is refused if its source is neither an entity nor a web URL: %s",
    async (source, status, media) => {
      const panel = createPanel();
      await saveEvent(panel.talk.store, { From: ANNA, To: OURS, Body: "hi" }, NOW);
      const [, key = ""] = withAnna(panel).split("=");
      expect((await post(panel, "/reply", { with: key, text: "Look", source })).status).toBe(status);
      expect(panel.talk.replies.map((reply) => reply.media)).toEqual(media === null ? [] : [media]);
    },
  );
});

describe("a call that the user makes on the panel", () => {
  test("first rings the user's own phone, whose number the app remembers, and connects it with the other person", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, To: OURS, Body: "hi" }, NOW);
    await post(panel, "/call", { to: ANNA, phone: BEN, do: "connect" });
    expect(panel.talk.calls).toMatchObject([{ to: BEN, sender: OURS, instructions: { connectTo: ANNA } }]);
    expect(await page(panel, `/call?${withAnna(panel)}`)).toContain(`value="${BEN}"`);
  });

  test("can say a text", async () => {
    const panel = createPanel();
    await post(panel, "/call", { to: ANNA, say: "Dinner is ready", do: "say" });
    expect(panel.talk.calls).toMatchObject([
      { to: ANNA, sender: null, instructions: { say: "Dinner is ready" } },
    ]);
  });

  test.each([
    [{ to: ANNA, phone: "nonsense", do: "connect" }, "must be a contact or a valid number"],
    [{ to: ANNA, phone: ANNA, do: "connect" }, "enter your own number"],
    [{ to: ANNA, say: " ", do: "say" }, "Enter a text"],
    [{ to: "whatsapp:x", say: "hi", do: "say" }, "cannot be called"],
  ])("is not made with %o", async (fields, why) => {
    const panel = createPanel();
    const response = await post(panel, "/call", fields);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(why);
    expect(panel.talk.calls).toEqual([]);
  });
});

test("a failed message is sent again after one press of a button, and only once", async () => {
  const panel = createPanel();
  await failedMessage(panel);
  const html = await page(panel, `/conversation?${withAnna(panel)}`);
  const [, key = ""] = /action="resend">.*?name="key" value="([^"]*)"/s.exec(html) ?? [];
  for (let press = 0; press < 2; press += 1) expect((await post(panel, "/resend", { key })).status).toBe(303);
  const [first, second] = panel.talk.replies;
  expect(first).toMatchObject({ to: ANNA, text: "Come down" });
  expect(second?.requestId).toBe(first?.requestId);
});

test("the user can send a message again on the panel only if the app knows that it failed", async () => {
  const panel = createPanel();
  await saveEvent(panel.talk.store, { From: ANNA, Body: "hi" }, NOW);
  expect(await page(panel, `/conversation?${withAnna(panel)}`)).not.toContain("Send again");
  await post(panel, "/resend", { key: `${NOW}.0.1.0` });
  expect(panel.talk.replies).toEqual([]);
});

describe("what the user deletes on the panel", () => {
  test("is deleted at once if it is one message, and after a question if it is a conversation", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, Body: "first secret" }, NOW);
    await saveEvent(panel.talk.store, { From: ANNA, Body: "second secret" }, NOW + 1);
    deliver(panel);
    const conversation = withAnna(panel);
    const response = await post(panel, "/delete", { key: `${NOW}.0.1.0` });
    expect(response.headers.get("location")).toContain(conversation);
    const html = await page(panel, `/conversation?${conversation}`);
    expect(html).toContain("second secret");
    expect(html).not.toContain("first secret");
    const [, key = ""] = conversation.split("=");
    expect(await page(panel, `/delete?${conversation}`)).toContain("Delete the conversation with Anna?");
    await post(panel, "/delete", { with: key });
    expect(await page(panel, "/conversations")).toContain("No messages or calls yet.");
  });

  test("stays if Home Assistant has not received it yet, and the page shows this reason", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, Body: "secret" }, NOW);
    const one = await post(panel, "/delete", { key: `${NOW}.0.1.0` });
    expect(one.status).toBe(409);
    expect(await one.text()).toContain("has not been delivered yet");
    const [, key = ""] = withAnna(panel).split("=");
    expect(await (await post(panel, "/delete", { with: key })).text()).toContain(
      "1 entry has not been delivered yet",
    );
  });

  test("stays if the form has no page token", async () => {
    const panel = createPanel();
    await saveEvent(panel.talk.store, { From: ANNA, Body: "stays" }, NOW);
    deliver(panel);
    for (const path of ["/delete", "/resend", "/call", "/new"])
      expect((await post(panel, path, { key: `${NOW}.0.1.0`, change_token: "guess" })).status).toBe(403);
    expect(panel.talk.store.conversations.list(null, 9)).toHaveLength(1);
  });
});
