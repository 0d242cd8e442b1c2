import { describe, expect, test } from "vitest";

import { saveEvent, messageTo } from "../../journal/conversation-rows.ts";
import { createTestPanel, APP_STATE } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const ANNA = "+4915112345678";
const BEN = "+4915187654321";
const OURS = "+15005550006";
const AT = Date.UTC(2026, 10, 24, 12);
const EVIL = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;

const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, "172.30.32.2");
const page = async (panel: TestPanel, path: string): Promise<string> => (await panel.ask({ path })).text();
const keyOf = (panel: TestPanel, address: string): string =>
  panel.talk.store.conversations.keyOf(address) ?? "";
const withAnna = (panel: TestPanel): string => `/conversation?with=${keyOf(panel, ANNA)}`;

async function panelWith(...texts: string[]): Promise<TestPanel> {
  const panel = createPanel();
  for (const [index, Body] of texts.entries())
    await saveEvent(panel.talk.store, { From: ANNA, To: OURS, Body }, AT + index);
  return panel;
}

/** The message texts on a conversation's page, from top to bottom. */
function textsIn(html: string): string[] {
  return [...html.matchAll(/<p class="text[^"]*">([^<]*)</g)].map(([, text]) => text ?? "");
}

describe("the list on the page Conversations", () => {
  test("shows the latest conversation first, each with name or number, the last text and whether it failed", async () => {
    const panel = await panelWith("Is the gate closed?");
    panel.talk.names.set(ANNA, "Anna");
    const { store } = panel.talk;
    await store.commands.add(messageTo("req_1", BEN, "Come down", AT + 5), null);
    const error = { code: "21610", message: "Has said STOP.", more_info: null };
    const result = {
      to: BEN,
      sid: null,
      status: null,
      segments: null,
      answered_by: null,
      duration: null,
      error,
    };
    await store.commands.markDone("req_1", 0, result);
    const html = await page(panel, "/conversations");
    expect(html).toMatch(
      new RegExp(`\\${BEN}.*Failed: .*You: .*Come down.*Anna.*Is the gate closed\\?`, "s"),
    );
    expect(html.match(/Failed: /g)).toHaveLength(1);
  });

  test("says that there are no conversations yet", async () => {
    expect(await page(createPanel(), "/conversations")).toContain("No messages or calls yet.");
  });

  test("has several pages if it is long, and shows each conversation once", async () => {
    const panel = createPanel();
    for (let index = 0; index < 120; index += 1)
      await saveEvent(panel.talk.store, { From: `+49151${1_000_000 + index}`, Body: "hi" }, AT);
    const names: string[] = [];
    let path: string | undefined = "/conversations";
    while (path !== undefined) {
      const html: string = await page(panel, path);
      names.push(...[...html.matchAll(/<span class="who">([^<]*)</g)].map(([, who]) => who ?? ""));
      const [, next] = /href="(conversations\?after=[^"]*)"/.exec(html) ?? [];
      path = next === undefined ? undefined : `/${next}`;
    }
    expect(names).toHaveLength(120);
    expect(new Set(names).size).toBe(120);
  });

  test.each(["anna", "0151 1234", "+49151", "GATE", "gate closed"])(
    "shows the conversation that a search for '%s' finds",
    async (text) => {
      const panel = await panelWith("Is the gate closed?", "later");
      panel.talk.names.set(ANNA, "Änna Anna");
      const html = await page(panel, `/conversations?search=${encodeURIComponent(text)}`);
      expect(html).toContain("Änna Anna");
      expect(await page(panel, "/conversations?search=nobody")).toContain("No results.");
    },
  );

  test("is not refreshed while it shows results of a search, and says if the search was limited", async () => {
    const panel = createPanel();
    for (let index = 0; index < 60; index += 1)
      await saveEvent(panel.talk.store, { From: `+49151${1_000_000 + index}`, Body: "hi" }, AT + index);
    const all = await page(panel, "/conversations");
    expect(all).toContain("live.js");
    expect(all).not.toContain("There may be more");
    const some = await page(panel, "/conversations?search=hi");
    expect(some).not.toMatch(/id="conversations" data-live/);
    expect(some).toContain("There may be more");
  });

  test("links from a result of a search to the message with the searched text", async () => {
    const panel = await panelWith("first", "needle", "last");
    const html = await page(panel, "/conversations?search=needle");
    const [, path = ""] = /href="(conversation\?[^"#]*)#/.exec(html) ?? [];
    expect(textsIn(await page(panel, `/${path.replaceAll("&amp;", "&")}`))).toEqual(["first", "needle"]);
  });
});

describe("the page of one conversation", () => {
  test("shows the newest message last, and older messages on other pages", async () => {
    const panel = await panelWith(...Array.from({ length: 70 }, (_, index) => `text ${index}`));
    const html = await page(panel, withAnna(panel));
    expect(textsIn(html)).toEqual(Array.from({ length: 50 }, (_, index) => `text ${index + 20}`));
    const [, older = ""] = /href="(conversation\?[^"]*before=[^"]*)"/.exec(html) ?? [];
    const before = await page(panel, `/${older.replaceAll("&amp;", "&")}`);
    expect(textsIn(before)).toEqual(Array.from({ length: 20 }, (_, index) => `text ${index}`));
    expect(before).toContain('#newest">Newest<');
    expect(before).not.toContain(">Older<");
  });

  test("shows why a message failed, and links to its details", async () => {
    const panel = createPanel();
    const { store } = panel.talk;
    await store.commands.add(messageTo("req_1", ANNA, "Come down", AT), null);
    const error = {
      code: "30003",
      message: "The phone could not be reached.",
      more_info: "https://www.twilio.com/e",
    };
    const result = {
      to: ANNA,
      sid: "SM1",
      status: "undelivered",
      segments: 2,
      answered_by: null,
      duration: null,
    };
    await store.commands.markDone("req_1", 0, { ...result, error });
    panel.talk.price = { amount: 0.0079, currency: "USD" };
    const html = await page(panel, withAnna(panel));
    expect(html).toMatch(/Not delivered/);
    expect(html).toMatch(/<p class="why"><span lang="en">\s*The phone could not be reached\./);
    const [, entry = ""] = /href="(entry\?[^"]*)"/.exec(html) ?? [];
    const details = await page(panel, `/${entry}`);
    for (const detail of ["SM1", "$0.0079", "notify.twilio_sms", "https://www.twilio.com/e", ">2<"])
      expect(details).toContain(detail);
    panel.talk.price = null;
    expect(await page(panel, `/${entry}`)).toContain("Not reported by Twilio yet");
  });

  test("shows received pictures, sounds and recordings through the app, and not from Twilio's URLs", async () => {
    const panel = createPanel();
    const { store } = panel.talk;
    const files = { MediaUrl0: "https://api.twilio.com/a", MediaContentType0: "image/jpeg" };
    const sounds = { MediaUrl1: "https://api.twilio.com/b", MediaContentType1: "audio/ogg" };
    await saveEvent(store, { From: ANNA, Body: "", ...files, ...sounds }, AT);
    await saveEvent(store, { From: ANNA, CallStatus: "ringing" }, AT + 1, "incoming_call", "CA1");
    await saveEvent(store, { url: "https://api.twilio.com/c", duration: 65 }, AT + 2, "recording", "CA1");
    const html = await page(panel, withAnna(panel));
    expect(html).toContain('<img src="media?event=1&amp;number=0&amp;id=a" alt="Picture 1"');
    expect(html).toContain('src="media?event=1&amp;number=1&amp;id=b" aria-label="Audio 2"');
    expect(html).toMatch(/Recording \(1:05\).*src="recording\?event=3&amp;id=c"/s);
    expect(html).not.toContain("api.twilio.com");
  });

  test.each(["", "anonymous", "+266696687"])(
    "with a withheld number ('%s') has no form for a reply",
    async (from) => {
      const panel = createPanel();
      await saveEvent(panel.talk.store, { From: from, CallStatus: "ringing" }, AT, "incoming_call", "CA1");
      const html = await page(panel, `/conversation?with=${keyOf(panel, from)}`);
      expect(html).toContain("Number withheld");
      expect(html).toContain("Ringing now");
      expect(html).not.toContain("<form");
    },
  );
});

test("the pages of conversations show HTML in messages as text", async () => {
  const panel = createPanel();
  const { store } = panel.talk;
  const data = {
    From: EVIL,
    To: EVIL,
    Body: EVIL,
    MediaUrl0: EVIL,
    MediaContentType0: EVIL,
    MessageSid: EVIL,
  };
  await saveEvent(store, data, AT);
  panel.talk.names.set(EVIL, EVIL);
  await store.commands.add(messageTo("req_1", EVIL, EVIL, AT + 1), null);
  const query = encodeURIComponent(EVIL);
  for (const path of [
    "/conversations",
    `/conversations?search=${query}`,
    `/conversation?with=${keyOf(panel, EVIL)}`,
    `/conversation?with=${keyOf(panel, EVIL)}&before=${query}`,
    `/conversation?with=${query}`,
    `/entry?key=${AT}.0.1.0`,
    `/entry?key=${AT + 1}.1.1.0`,
    `/entry?key=${query}`,
  ]) {
    const html = await page(panel, path);
    expect(html, path).not.toMatch(/<script>|<img|onerror='/);
    expect(html, path).not.toMatch(/\sstyle=|<style[^]*<style|\son\w+="|<script(?! src=)/);
  }
  expect(await page(panel, "/conversations")).toContain("&lt;script&gt;alert(1)");
});

test("the URLs of conversations contain no phone number, and each page has its own title", async () => {
  const panel = await panelWith("Is the gate closed?");
  panel.talk.names.set(ANNA, "Anna");
  const pages = {
    "/conversations": "Conversations",
    "/conversations?search=gate": "Conversations",
    [withAnna(panel)]: "Anna",
    [`/entry?key=${AT}.0.1.0`]: "Details",
    "/activity": "Activity",
    "/": "Setup",
  };
  for (const [path, title] of Object.entries(pages)) {
    const html = await page(panel, path);
    expect(html.match(/<title>([^<]*)</)?.[1], path).toBe(`${title} · Twilio`);
    expect(
      [...html.matchAll(/<h1>([^<]*)</g)].map(([, text]) => text),
      path,
    ).toEqual([title]);
    for (const [, link] of html.matchAll(/(?:href|src|action)="([^"]*)"/g))
      expect(decodeURIComponent(link ?? ""), path).not.toContain(ANNA.slice(1));
  }
});

test("if the conversation in the URL of a page does not exist, the page says this and has no form for a reply", async () => {
  const response = await createPanel().ask({ path: "/conversation?with=nobody" });
  expect(response.status).toBe(404);
  const html = await response.text();
  expect(html).toContain("This conversation is empty");
  expect(html).not.toMatch(/<form|id="talk"[^>]* data-live/);
});

test("the pages of conversations are in German if Home Assistant is", async () => {
  const panel = await panelWith("hi");
  panel.appState = {
    ...APP_STATE,
    homeAssistant: { ...APP_STATE.homeAssistant, language: "de", connected: false },
  };
  expect(await page(panel, "/conversations")).toContain("Unterhaltungen");
  const html = await page(panel, withAnna(panel));
  expect(html).toContain("Die Antwort wird per SMS gesendet. Home Assistant ist nicht verbunden");
});
