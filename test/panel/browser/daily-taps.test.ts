import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { listen } from "../../../src/app/http/listen.ts";
import { saveEvent } from "../../journal/conversation-rows.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { APP_STATE } from "../create-test-panel.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { findViolations } from "./find-violations.ts";
import { showPage } from "./show-page.ts";
import { startDailyPanel } from "./start-daily-panel.ts";
import type { DailyPanel } from "./start-daily-panel.ts";

/** The most taps for an act, from the list of conversations. Typing and scrolling are not counted. */
const MOST_TAPS = 2;
/** A time after all messages in the panel's conversations. */
const AFTERWARDS = Date.UTC(2026, 10, 24, 15);

/** The width of the row of tabs that the tabs leave free, in pixels. It is negative if the row scrolls. */
const SPARE_WIDTH_OF_TABS = `(() => {
  const nav = document.querySelector("nav");
  const tabs = [...nav.children].map((tab) => tab.getBoundingClientRect().width);
  const gaps = (tabs.length - 1) * Number.parseFloat(getComputedStyle(nav).columnGap);
  return nav.clientWidth - gaps - tabs.reduce((sum, width) => sum + width, 0);
})()`;

describeInChromium("the ten most frequent acts of a daily user", (browser) => {
  const undo = new AsyncDisposableStack();
  const counted: [act: string, taps: number][] = [];
  const faults: string[] = [];
  let daily: DailyPanel;
  let url = "";
  let page: Page;
  let pictures: string;

  beforeAll(async () => {
    daily = await startDailyPanel();
    const { panel } = daily;
    const answer = async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      const body = request.method === "POST" ? { body: await request.text() } : {};
      return await panel.ask({ path: pathname + search, method: request.method, headers, ...body });
    };
    const listener = undo.use(await listen(answer, { host: "127.0.0.1", port: 0 }));
    undo.defer(() => panel.talk.stopping.abort());
    url = `http://127.0.0.1:${listener.port}/`;
    pictures = process.env["CHROMIUM_PICTURES"] ?? (await mkdtemp(join(tmpdir(), "twilio-daily-")));
    if (process.env["CHROMIUM_PICTURES"] === undefined) undo.defer(() => rm(pictures, { recursive: true }));
    page = await browser().newPage({ viewport: { width: 360, height: 740 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", ({ message }) => void faults.push(message));
  });
  afterAll(() => undo.disposeAsync());

  /** Does an act from the list of conversations, and counts its taps. */
  async function act(
    name: string,
    work: (tap: (on: Locator) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    let taps = 0;
    await page.goto(`${url}conversations`);
    await work(async (on) => {
      taps += 1;
      await on.click();
    });
    counted.push([name, taps]);
    expect(taps, name).toBeLessThanOrEqual(MOST_TAPS);
  }

  const link = (name: string | RegExp): Locator => page.getByRole("link", { name });
  const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
  const person = (name: string): Locator => page.locator(".conversations a", { hasText: name }).first();

  test("need at most two taps each", async () => {
    const { panel } = daily;
    await act("see who has written or called", async () => {
      await page.getByText("Is the gate closed?").waitFor();
      expect(await page.title()).toMatch(/^\(\d\) /);
      expect(await page.locator(".unread .who").allTextContents()).toContain("Anna");
    });
    await act("read a new message", async (tap) => {
      await tap(person("Anna"));
      await page.locator(".entry", { hasText: "Is the gate closed?" }).waitFor();
    });
    await act("reply", async (tap) => {
      await tap(person("Anna"));
      await page.getByRole("textbox", { name: "Message" }).fill("It is closed.");
      await tap(button("Send"));
      await expect.poll(() => panel.talk.replies.at(-1)?.text).toBe("It is closed.");
    });
    await act("call back", async (tap) => {
      await tap(link("Call Ben"));
      await tap(button("Call"));
      await expect.poll(() => panel.talk.calls.length).toBe(1);
    });
    await act("write to a contact", async (tap) => {
      await tap(link("New message or call"));
      await page.getByRole("combobox", { name: "To" }).fill("Ben");
      await page.getByRole("textbox", { name: "Message" }).fill("Dinner is ready.");
      await tap(button("Send"));
      await expect.poll(() => panel.talk.replies.at(-1)?.text).toBe("Dinner is ready.");
    });
    await act("hear a voicemail", async (tap) => {
      await tap(person("Clara"));
      await tap(page.locator("audio"));
    });
    await act("send a failed message again", async (tap) => {
      await tap(person("Dora"));
      await tap(button("Send again"));
      await expect.poll(() => panel.talk.replies.at(-1)?.text).toBe("Come down");
    });
    await act("see what was said and entered on a call", async (tap) => {
      await tap(person("Emil"));
      await tap(page.locator("summary", { hasText: "What was said and entered" }));
      await page.getByText("Pressed: 1").waitFor();
    });
    await act("find an old message", async (tap) => {
      await page.getByRole("searchbox").fill("recipe");
      await tap(button("Search"));
      await tap(person("Anna"));
      await page.locator(".entry", { hasText: "recipe" }).waitFor();
    });
    await act("see whether something needs attention", async (tap) => {
      await tap(link("Activity"));
      await page.getByRole("heading", { name: "History" }).waitFor();
    });
    expect(counted).toHaveLength(10);
    // oxlint-disable-next-line no-console -- the counts are the result
    console.info(counted.map(([name, taps]) => `${taps} ${name}`).join("\n"));
    expect(faults).toEqual([]);
  });

  test("unfold what was said on a call, and it stays unfolded when a message arrives", async () => {
    const { panel, pages } = daily;
    await page.goto(url + pages["menu"]);
    await page.locator("summary", { hasText: "What was said and entered" }).click();
    await page.getByText("Pressed: 1").waitFor();
    await saveEvent(panel.talk.store, { From: "+4915112345675", Body: "The gate is stuck" }, AFTERWARDS);
    await page.getByText("The gate is stuck").waitFor();
    expect(await page.getByText("Pressed: 1").isVisible()).toBe(true);
    expect(faults).toEqual([]);
  });

  test("load an opened page only once, and load its content again when the user returns to the page", async () => {
    // The page of the test before may still refresh itself.
    await page.goto("about:blank");
    const loaded: string[] = [];
    page.on("request", (request) => request.resourceType() === "fetch" && loaded.push(request.url()));
    const connected = page.waitForRequest((request) => request.url().includes("events?since="));
    await page.goto(`${url}activity`);
    expect((await connected).url()).toMatch(/since=[^&]+$/);
    await showPage(page, "hidden");
    expect(loaded).toEqual([]);
    const again = page.waitForRequest(
      (request) => request.resourceType() === "fetch" && request.url().endsWith("/activity"),
    );
    await showPage(page, "visible");
    await again;
    expect(faults).toEqual([]);
  });

  for (const [language, width, scheme] of [
    ["en-GB", 360, "light"],
    ["de", 360, "dark"],
    ["de", 1280, "light"],
  ] as const)
    test(`lead to pages that are complete and accessible (axe): ${language}, ${width} px, ${scheme}`, async () => {
      const { panel, pages } = daily;
      panel.appState = { ...panel.appState, homeAssistant: { ...APP_STATE.homeAssistant, language } };
      await page.setExtraHTTPHeaders({ "accept-language": language });
      await page.setViewportSize({ width, height: 740 });
      await page.emulateMedia({ colorScheme: scheme });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(url + path);
        expect(await page.locator("html").getAttribute("lang")).toBe(language.slice(0, 2));
        const picture = `daily-${name}-${width}-${language.slice(0, 2)}-${scheme}.png`;
        await page.screenshot({ path: join(pictures, picture), fullPage: true });
        const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wide, `${name} is too wide`).toBeLessThanOrEqual(0);
        const nav = await page.evaluate(
          "new Set([...document.querySelectorAll('nav a')].map((a) => a.offsetTop)).size",
        );
        expect(nav, `${name}: the tabs are in one row`).toBe(1);
        const spare = await page.evaluate(SPARE_WIDTH_OF_TABS);
        expect(spare, `${name}: the tabs fit without scrolling, also in a wider font`).toBeGreaterThan(8);
        expect(await findViolations(page), name).toEqual([]);
      }
      expect(faults).toEqual([]);
    });
});
