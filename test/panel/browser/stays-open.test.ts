import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { openVisit } from "./open-visit.ts";
import { showPage } from "./show-page.ts";
import { startBrowserHouse } from "./start-browser-house.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

describeInChromium("the page Setup, if it stays open in a browser,", (browser) => {
  const undo = new AsyncDisposableStack();
  let house: BrowserHouse;

  beforeAll(async () => {
    house = undo.use(await startBrowserHouse({ core: undo.use(await startFakeHomeAssistant()) }));
  });
  afterAll(() => undo.disposeAsync());

  /** Simulates a return to the page, which refreshes at once. */
  async function comeBack(page: Page): Promise<void> {
    const looked = page.waitForResponse((response) => response.url().endsWith("/checklist"));
    await showPage(page, "visible");
    await (await looked).finished();
  }

  test("still sends text that was typed before a restart of the app", async () => {
    await using visit = await openVisit(browser(), house);
    const { page, faults } = visit;
    await page.goto("./");
    await expect.poll(() => page.locator("[aria-busy]").count()).toBe(0);
    const tokens = page.locator('input[name="change_token"]');
    const before = await tokens.first().inputValue();
    await page.getByRole("combobox", { name: "To" }).fill("Alice");
    await page.getByRole("textbox", { name: "Text" }).fill("Still there?");
    // A visible page would try to connect again during the restart, and would report an error.
    await showPage(page, "hidden");
    await house.restart();
    await comeBack(page);
    await expect.poll(() => tokens.last().inputValue()).not.toBe(before);
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("Still there?");
    await page.getByRole("button", { name: "Send" }).dblclick();
    await page.getByText("In progress").first().waitFor();
    await vi.waitFor(() => expect(house.twilio.messages().map(({ body }) => body)).toEqual(["Still there?"]));
    expect(faults).toEqual([]);
  });

  // The checklist never arrives, as if Twilio did not answer, so it cannot bring the tokens.
  test.each(["./", "new", "contacts", "alarms"])(
    "gets new tokens for its forms as soon as it reaches the restarted app, and so does the page %s",
    async (path) => {
      await using visit = await openVisit(browser(), house);
      const { page } = visit;
      await page.route("**/checklist", () => {});
      await page.goto(path);
      const tokens = page.locator('form input[name="change_token"]');
      const before = await tokens.last().inputValue();
      await house.restart();
      await expect.poll(() => tokens.last().inputValue()).not.toBe(before);
    },
  );

  test("no longer requests the state of a test message after its end", async () => {
    await using visit = await openVisit(browser(), house);
    const { page, faults } = visit;
    await page.goto("./");
    await expect.poll(() => page.locator("[aria-busy]").count()).toBe(0);
    await page.getByRole("combobox", { name: "To" }).fill("Alice");
    await page.getByRole("textbox", { name: "Text" }).fill("At its end?");
    await page.getByRole("button", { name: "Send" }).click();
    const sent = () => house.twilio.messages().find(({ body }) => body === "At its end?");
    await vi.waitFor(() => expect(sent()).toBeDefined());
    await house.twilio.advanceMessage(sent()?.sid ?? "", "delivered");
    await page.locator("[data-final]").waitFor();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await comeBack(page);
    expect(requests.filter((url) => url.includes("test-status"))).toEqual([]);
    expect(faults).toEqual([]);
  });

  test("keeps the focus when it refreshes its content, and its copy button works afterwards", async () => {
    await using visit = await openVisit(browser(), house);
    const { page, faults } = visit;
    await page.goto("./");
    await expect.poll(() => page.locator("[aria-busy]").count()).toBe(0);
    const field = page.locator("#webhook-address");
    await field.focus();
    await comeBack(page);
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("webhook-address");
    // The button says "Copied" for two seconds only, which a busy machine could miss. So the page itself notes it.
    await page.evaluate(`globalThis.labels = [];
      const button = document.querySelector("[data-copy]");
      new MutationObserver(() => labels.push(button.textContent)).observe(button, { childList: true });`);
    await page.getByRole("button", { name: "Copy" }).click();
    await expect.poll(() => page.evaluate("labels")).toContain("Copied");
    expect(await page.evaluate("getSelection().toString()")).toBe(await field.inputValue());
    expect(faults).toEqual([]);
  });
});
