import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { OURS, THEIRS } from "../../app/start-house.ts";
import { connectToCore } from "../../real-core/house/core/core-client.ts";
import { startCore } from "../../real-core/house/core/start-core.ts";
import type { RunningCore } from "../../real-core/house/core/start-core.ts";
import { describeWithCore } from "../../real-core/install/describe-with-core.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { openVisit } from "./open-visit.ts";
import type { Visit } from "./open-visit.ts";
import { startBrowserHouse } from "./start-browser-house.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

/** The links of the navigation, and a heading of each page, in German. */
const GERMAN = [
  ["Unterhaltungen", "Unterhaltungen"],
  ["Aktivität", "Verlauf"],
  ["Beispiele", "Automation für ein eingetroffenes Ereignis"],
  ["Einrichtung", "Ausprobieren"],
] as const;

describeWithCore("at the first run of the app on a real Home Assistant Core,", (installation) => {
  describeInChromium("a user who opens the panel in Home Assistant (through ingress)", (browser) => {
    const undo = new AsyncDisposableStack();
    let core: RunningCore;
    let house: BrowserHouse;
    let visit: Visit;
    let page: Page;

    beforeAll(async () => {
      core = undo.use(await startCore({ installation }));
      house = undo.use(await startBrowserHouse({ core }));
      await vi.waitFor(
        () => expect(house.app.lines.join()).toContain("script.twilio_talk is installed and up to date"),
        {
          interval: 50,
        },
      );
      visit = undo.use(await openVisit(browser(), house));
      ({ page } = visit);
    });
    afterAll(() => undo.disposeAsync());

    test("reads in the checklist that messages are polled, and that nothing handles calls", async () => {
      await page.goto("./");
      const number = page.locator(".row.plain", {
        hasText: "Incoming messages are read from Twilio's list",
      });
      await number.waitFor();
      expect(await number.textContent()).toMatch(
        /\+15005550006.*every 15 seconds.*Incoming calls are not handled/,
      );
      expect(await page.locator(".row.attention").count()).toBe(0);
      const { version } = installation;
      for (const row of [/A house, full account/, `Connected, version ${version}`, /Actions.*Available/])
        await page.locator(".row.good", { hasText: row }).waitFor();
      await page
        .locator(".row.open", {
          hasText: "The address leads to this app, tested from inside your network",
        })
        .waitFor();
    });

    test("sets up the number after seeing its new settings, and then the number is green", async () => {
      await page.getByRole("link", { name: `Set up this number ${OURS}` }).click();
      const row = page.getByRole("row", { name: /A message comes in/ });
      expect(await row.textContent()).toMatch(/nothing.*http:\/\/127\.0\.0\.1:\d+\/twilio\/webhook/);
      expect(house.twilio.phoneNumbers()[0]?.sms_url).toBe("");
      await page.getByRole("button", { name: "Save the new settings at Twilio" }).click();
      await page.getByRole("status").getByText("Twilio has saved the settings.").waitFor();
      expect(house.twilio.phoneNumbers()[0]?.sms_url).toMatch(/\/twilio\/webhook#/);
      await page.getByRole("link", { name: "Back" }).click();
      await page.locator(".row.good", { hasText: "Incoming messages go to Home Assistant" }).waitFor();
      expect(await page.locator(".row.attention").count()).toBe(0);
    });

    test("sees on the open page when a test message is delivered", async () => {
      await page.getByRole("combobox", { name: "To" }).fill("Alice");
      await page.getByRole("textbox", { name: "Text" }).fill("Is it you?");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByText("In progress").first().waitFor();
      const [message] = house.twilio.messages();
      expect(message).toMatchObject({ to: THEIRS, from: OURS, body: "Is it you?" });
      await shows("Handed to the carrier", () => house.twilio.advanceMessage(message?.sid ?? "", "sent"));
      await shows("Done: Delivered", () => house.twilio.advanceMessage(message?.sid ?? "", "delivered"));
      expect(await page.locator("[data-says]").last().textContent()).toBe("Done: Delivered");
    });

    test("sees a new message on the open page Conversations", async () => {
      await page.getByRole("link", { name: "Conversations" }).click();
      await page.getByText("Is it you?").waitFor();
      await page.evaluate("globalThis.isTheSamePage = true");
      await shows("Yes, open up", () => write("Yes, open up"));
      expect(await page.evaluate("globalThis.isTheSamePage")).toBe(true);
    });

    test("replies on the page Conversations, and sees the next message, too", async () => {
      await page.getByRole("link", { name: /^Alice/ }).click();
      await page.getByRole("textbox", { name: "Message" }).fill("It is open.");
      await page.getByRole("button", { name: "Send" }).click();
      await page.getByText("It is open.").waitFor();
      await vi.waitFor(() =>
        expect(house.twilio.messages().map(({ body }) => body)).toContain("It is open."),
      );
      await page.evaluate("globalThis.isTheSamePage = true");
      await shows("Thank you", () => write("Thank you"));
      expect(await page.evaluate("globalThis.isTheSamePage")).toBe(true);
      expect(visit.faults).toEqual([]);
    });

    test("sees German pages as soon as Home Assistant is German, although the browser has another language", async () => {
      await using client = await connectToCore(core.url, core.token);
      await client.command({ type: "config/core/update", language: "de" });
      await using german = await openVisit(browser(), house, { width: 360, language: "sv" });
      await expect
        .poll(async () => {
          await german.page.goto("./");
          return await german.page.locator("html").getAttribute("lang");
        })
        .toBe("de");
      await german.page.getByRole("heading", { name: "Status" }).waitFor();
      for (const [link, heading] of GERMAN) {
        await german.page.getByRole("link", { name: link, exact: true }).click();
        await german.page.getByRole("heading", { name: heading }).waitFor();
        expect(await german.page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
      }
      expect(german.faults).toEqual([]);
      expect(house.twilio.violations()).toEqual([]);
    });

    const write = (body: string) => house.twilio.receiveMessage({ from: THEIRS, to: OURS, body });

    /** Expects a text on the open page after an action at Twilio. */
    async function shows(text: string, happen: () => Promise<unknown>): Promise<void> {
      await happen();
      await page.getByText(text).first().waitFor();
    }
  });
});
