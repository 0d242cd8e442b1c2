import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { openVisit } from "./open-visit.ts";
import type { Visit } from "./open-visit.ts";
import { startBrowserHouse } from "./start-browser-house.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

/** The most presses of Tab: more than any page has tab stops. */
const MOST_STOPS = 40;

interface Focused {
  readonly name: string;
  readonly isVisible: boolean;
}

/** The focused element: its accessible name, and whether the focus is visible. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const { outlineStyle } = getComputedStyle(element);
  return {
    name: (element.labels?.[0] ?? element).textContent.trim().replace(/\\s+/g, " "),
    isVisible: element !== document.body && outlineStyle !== "none",
  };
})()`;

describeInChromium("a user who has nothing but a keyboard", (browser) => {
  const undo = new AsyncDisposableStack();
  let house: BrowserHouse;
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    const core = undo.use(await startFakeHomeAssistant());
    house = undo.use(await startBrowserHouse({ core }));
    visit = undo.use(await openVisit(browser(), house));
    ({ page } = visit);
  });
  afterAll(() => undo.disposeAsync());

  /** Presses Tab until the element with this name has a visible focus. */
  async function tabTo(name: RegExp): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate<Focused>(FOCUSED);
      if (name.test(focused.name) && focused.isVisible) return;
      passed.push(`${focused.name}${focused.isVisible ? "" : " (focus not visible)"}`);
    }
    throw new Error(`${String(name)} is not reached: ${passed.join(" | ")}`);
  }

  test("can set up a number", async () => {
    await page.goto("./");
    await page.getByRole("link", { name: /^Set up this number/ }).waitFor();
    await tabTo(/^Set up this number/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save the new settings at Twilio" }).waitFor();
    await tabTo(/^Save the new settings at Twilio$/);
    await page.keyboard.press("Space");
    await page.getByText("Twilio has saved the settings.").waitFor();
    await tabTo(/^Back$/);
    await page.keyboard.press("Enter");
    await page.getByText("Incoming messages go to Home Assistant").waitFor();
    expect(house.twilio.phoneNumbers()[0]?.voice_url).toContain("/twilio/webhook");
  });

  test("can choose a test call with an arrow key and make the call", async () => {
    await tabTo(/^Message$/);
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("radio", { name: "Call" }).isChecked()).toBe(true);
    await tabTo(/^To$/);
    await page.keyboard.type("Alice");
    await tabTo(/^Text$/);
    await tabTo(/^Send$/);
    await page.keyboard.press("Enter");
    await page.getByText("In progress").first().waitFor();
    expect(house.twilio.calls()).toHaveLength(1);
  });

  test("can reply to a message", async () => {
    await tabTo(/^Conversations$/);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /^Alice/ }).waitFor();
    await tabTo(/^Alice/);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Reply" }).waitFor();
    await tabTo(/^Message$/);
    await page.keyboard.type("I am on my way.");
    await tabTo(/^Send$/);
    await page.keyboard.press("Space");
    await vi.waitFor(() =>
      expect(house.twilio.messages().map(({ body }) => body)).toEqual(["I am on my way."]),
    );
    await page.locator(".entry", { hasText: "I am on my way." }).waitFor();
    expect(visit.faults).toEqual([]);
  });
});
