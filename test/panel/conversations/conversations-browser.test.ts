import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { listen } from "../../../src/app/http/listen.ts";
import { saveEvent } from "../../journal/conversation-rows.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { describeInChromium } from "../browser/describe-in-chromium.ts";
import { createTestPanel } from "../create-test-panel.ts";

const ANNA = "+4915112345678";
const AT = Date.UTC(2026, 10, 24, 12);

/** Opens a conversation with some messages in a browser. */
describeInChromium("conversations in a browser", (browser) => {
  const undo = new AsyncDisposableStack();
  const panel = createTestPanel({ supervised: false, password: null });
  let url = "";
  let page: Page;
  const faults: string[] = [];
  const withAnna = (): string => `conversation?with=${panel.talk.store.conversations.keyOf(ANNA)}`;
  const write = (Body: string, at: number) => saveEvent(panel.talk.store, { From: ANNA, Body }, at);

  beforeAll(async () => {
    const fetch = async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      return await panel.ask({ path: pathname + search });
    };
    const listener = undo.use(await listen(fetch, { host: "127.0.0.1", port: 0 }));
    undo.defer(() => panel.talk.stopping.abort());
    url = `http://127.0.0.1:${listener.port}/`;
    page = await browser().newPage({ viewport: { width: 360, height: 640 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", ({ message }) => void faults.push(message));
    page.on("dialog", (dialog) => void (faults.push("a dialog"), dialog.dismiss()));
    for (let index = 0; index < 30; index += 1) await write(`text ${index}`, AT + index);
  });
  afterAll(() => undo.disposeAsync());

  test("show a new message without a reload, and typed text, selection and scroll position stay", async () => {
    await page.goto(url + withAnna());
    await page.fill("textarea", "I am just writ");
    await page.evaluate("scrollTo(0, 300)");
    await page.evaluate("globalThis.first = document.querySelector('.entry')");
    await write(`<script>alert(1)</script><img src=x onerror="alert(1)">`, AT + 40);
    await page.getByText("<script>alert(1)</script>").waitFor();
    expect(await page.inputValue("textarea")).toBe("I am just writ");
    expect(await page.evaluate("document.activeElement.id")).toBe("reply");
    expect(await page.evaluate("scrollY")).toBe(300);
    expect(await page.evaluate("globalThis.first === document.querySelector('.entry')")).toBe(true);
    expect(await page.locator(".entry").count()).toBe(31);
    expect(await page.locator(".entry img, .entry script").count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test("scroll to the next message if the newest message was visible", async () => {
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    await write("the newest of all", AT + 50);
    await page.getByText("the newest of all").waitFor();
    const left = "document.documentElement.scrollHeight - innerHeight - scrollY";
    await expect.poll(() => page.evaluate(left)).toBeLessThan(2);
  });

  test("show the list with the newest conversation first when a message comes", async () => {
    await saveEvent(panel.talk.store, { From: "+15551234", Body: "hi" }, AT + 60);
    await page.goto(`${url}conversations`);
    expect(await page.locator(".who").allTextContents()).toEqual(["+15551234", ANNA]);
    await write("once more", AT + 70);
    await page.getByText("once more").waitFor();
    expect(await page.locator(".who").allTextContents()).toEqual([ANNA, "+15551234"]);
  });

  test("keep the keyboard focus on a person whose line in the list changes", async () => {
    await page.goto(`${url}conversations`);
    await page.locator(".conversations a").first().focus();
    const focused = "document.activeElement.getAttribute('href')";
    const before = await page.evaluate(focused);
    expect(before).toContain("conversation?with=");
    await write("and again", AT + 80);
    await page.getByText("and again").waitFor();
    expect(await page.evaluate(focused)).toBe(before);
  });

  test("never shorten pasted text: the page counts it and does not send a text that is too long", async () => {
    await page.goto(url + withAnna());
    const insertText = (text: string) =>
      page.evaluate(`document.execCommand("insertText", false, ${JSON.stringify(text)})`);
    await page.focus("textarea");
    await insertText("x".repeat(1_700));
    expect(await page.inputValue("textarea")).toHaveLength(1_700);
    expect(await page.locator("#reply-count").textContent()).toBe("1700 of at most 1600 characters");
    expect(await page.locator("#reply-count.over").count()).toBe(1);
    await page.click("form.fields button");
    expect(page.url()).toBe(url + withAnna());
    expect(await page.inputValue("textarea")).toHaveLength(1_700);
    await page.fill("textarea", "y".repeat(1_600));
    expect(await page.locator("#reply-count").textContent()).toBe("1600 of at most 1600 characters");
    expect(await page.evaluate("document.querySelector('form.fields').checkValidity()")).toBe(true);
    expect(faults).toEqual([]);
  });

  test("are not wider than the screen of a phone", async () => {
    for (const path of ["conversations", withAnna(), `entry?key=${AT}.0.1.0`]) {
      await page.goto(url + path);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path).toBe(true);
    }
  });
});
