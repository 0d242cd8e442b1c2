import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../../app/start-house.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { findViolations } from "./find-violations.ts";
import { openVisit } from "./open-visit.ts";
import { startBrowserHouse } from "./start-browser-house.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

const EVIL = `<script>alert("in")</script><img src=x onerror="alert('in')"><b>bold</b> {{ 7 * 6 }}`;
const STRANGER = "+15005550100";
const LONG = `https://example.org/${"abcdefghij".repeat(20)}`;

describeInChromium("a page of the panel, with messages and calls in the journal,", (browser) => {
  const undo = new AsyncDisposableStack();
  let house: BrowserHouse;
  let pages: Readonly<Record<string, string>>;
  let pictures: string;

  beforeAll(async () => {
    const core = undo.use(await startFakeHomeAssistant());
    house = undo.use(await startBrowserHouse({ core }));
    // CHROMIUM_PICTURES is a folder for screenshots of the pages.
    pictures = process.env["CHROMIUM_PICTURES"] ?? (await mkdtemp(join(tmpdir(), "twilio-pages-")));
    if (process.env["CHROMIUM_PICTURES"] === undefined) undo.defer(() => rm(pictures, { recursive: true }));
    await using visit = await openVisit(browser(), house);
    const { page } = visit;
    await setUp(page);
    const { twilio } = house;
    await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
    await twilio.receiveMessage({ from: THEIRS, to: OURS, body: EVIL });
    await twilio.receiveMessage({ from: STRANGER, to: OURS, body: `Look: ${LONG}` });
    await twilio.placeCall({ from: STRANGER, to: OURS });
    // Activity and Examples list this request with a long sentence.
    core.emit("twilio_request", { request_id: "no_alarm", command: "alarm", payload: {} });
    const conversation = await conversationWith("Alice", page);
    const stranger = await conversationWith(STRANGER, page);
    await page.goto(conversation);
    await page.getByRole("textbox").fill("It is closed.");
    await page.getByRole("button", { name: "Send" }).click();
    const sent = await vi.waitFor(() => {
      const found = twilio.messages().find(({ body }) => body === "It is closed.");
      if (found === undefined) throw new Error("nothing was sent");
      return found;
    });
    await twilio.advanceMessage(sent.sid, "undelivered", "30003");
    await page.getByText("Not delivered").first().waitFor();
    const entry = await page.locator('a[href^="entry?"]').last().getAttribute("href");
    const number = `number?sid=${twilio.phoneNumbers()[0]?.sid}`;
    pages = {
      overview: "./",
      number,
      conversations: "conversations",
      search: "conversations?search=gate",
      conversation,
      stranger,
      entry: entry ?? "",
      contacts: "contacts",
      "save-contact": `contacts?number=${encodeURIComponent(STRANGER)}`,
      activity: "activity",
      examples: "examples",
    };
  });
  afterAll(() => undo.disposeAsync());

  async function conversationWith(name: string, page: Page): Promise<string> {
    await page.goto("conversations");
    return (await page.locator(".conversations a", { hasText: name }).first().getAttribute("href")) ?? "";
  }

  async function setUp(page: Page): Promise<void> {
    await page.goto("./");
    await page.getByRole("link", { name: "Set up this number" }).click();
    await page.getByRole("button", { name: "Save the new settings at Twilio" }).click();
    await page.getByText("Twilio has saved the settings.").waitFor();
  }

  /** Waits until the page sends no more requests. */
  async function settled(page: Page): Promise<void> {
    await expect.poll(() => page.locator("[aria-busy]").count()).toBe(0);
  }

  for (const [scheme, language] of [
    ["light", "en"],
    ["dark", "en"],
    ["light", "de"],
  ] as const) {
    for (const width of [360, 1280]) {
      test(`is complete and accessible (axe): ${scheme}, ${language}, ${width} px`, async () => {
        await using visit = await openVisit(browser(), house, { scheme, language, width });
        const { page, faults } = visit;
        for (const [name, address] of Object.entries(pages)) {
          await page.goto(address);
          await settled(page);
          expect(await page.locator("html").getAttribute("lang"), name).toBe(language);
          await page.screenshot({
            path: join(pictures, `${name}-${width}-${scheme}-${language}.png`),
            fullPage: true,
          });
          const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          expect(wide, `${name} is too wide`).toBeLessThanOrEqual(0);
          expect(await findViolations(page), name).toEqual([]);
        }
        expect(faults).toEqual([]);
      });
    }
  }

  test("shows HTML in messages as text and runs no script in it", async () => {
    await using visit = await openVisit(browser(), house);
    const { page, faults } = visit;
    for (const name of ["conversation", "conversations", "activity", "examples"]) {
      await page.goto(pages[name] ?? "");
      expect(await page.locator("main b, main img, main script:not([src])").count(), name).toBe(0);
    }
    await page.goto(pages["conversation"] ?? "");
    expect(await page.locator(".entry .text").nth(1).textContent()).toBe(EVIL);
    expect(faults).toEqual([]);
  });

  test("runs no script that somebody has injected", async () => {
    await using visit = await openVisit(browser(), house);
    const { page, faults } = visit;
    await page.goto("./");
    await page.evaluate(`{
      const script = document.createElement("script");
      script.textContent = "document.title = 'in'";
      document.body.append(script);
    }`);
    await expect.poll(() => faults.join()).toContain("Content Security Policy");
    expect(await page.title()).not.toBe("in");
  });

  test("shows the same content without JavaScript", async () => {
    await using visit = await openVisit(browser(), house, { javaScript: false });
    const { page, faults } = visit;
    const words: Readonly<Record<string, string>> = {
      overview: "Twilio account",
      number: "This number is set up",
      conversations: "Alice",
      conversation: "Is the gate closed?",
      entry: "The phone could not be reached.",
      activity: "Message from Alice.",
      examples: "alias:",
    };
    for (const [name, word] of Object.entries(words)) {
      await page.goto(pages[name] ?? "");
      expect(await page.locator("main").textContent(), name).toContain(word);
    }
    await page.goto("./");
    expect(await page.getByRole("link", { name: /^Show/ }).count()).toBe(1);
    await page.getByRole("combobox", { name: "To" }).fill("Alice");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("In progress").first().waitFor();
    expect(faults).toEqual([]);
  });
});
