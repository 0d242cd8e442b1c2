import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { createTestClock } from "../../app/create-test-clock.ts";
import type { StoppedClock } from "../../app/create-test-clock.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { connectToCore } from "../../real-core/house/core/core-client.ts";
import { startCore } from "../../real-core/house/core/start-core.ts";
import type { RunningCore } from "../../real-core/house/core/start-core.ts";
import { describeWithCore } from "../../real-core/install/describe-with-core.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { openVisit } from "./open-visit.ts";
import { startBrowserHouse } from "./start-browser-house.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

/** The user has entered only the credentials. */
const ONLY_CREDENTIALS = { public_url: undefined, default_sender: undefined, contacts: undefined };
/** The most time to the first message, in milliseconds. */
const LIMITS_MS = { polling: 60_000, relay: 180_000 };
/** The app asks every 2 s whether Twilio has finished the build. */
const BUILD = { polls: 30, everyMs: 2_000 };
/** How often the app reads Twilio's list. */
const POLLED_EVERY_MS = 15_000;
/** In steps of this length, the tests let the app's shorter waits end. */
const TICK_MS = 100;

describeWithCore("after the installation in a Home Assistant without data,", (installation) => {
  describeInChromium("an app with only the two credentials", (browser) => {
    const clock = createTestClock();
    let core: RunningCore;
    let undo = new AsyncDisposableStack();
    let house: BrowserHouse;
    let page: Page;
    let time: StoppedClock;
    let start: { readonly app: number; readonly machine: number };

    beforeAll(async () => {
      core = await startCore({ installation });
      await using client = await connectToCore(core.url, core.token);
      await client.command({ type: "config/core/update", external_url: core.url });
    });
    afterAll(async () => {
      await core?.[Symbol.asyncDispose]();
    });

    beforeEach(async () => {
      undo = new AsyncDisposableStack();
      house = undo.use(
        await startBrowserHouse({ core, options: ONLY_CREDENTIALS, clock, isFirstStart: true }),
      );
      ({ page } = undo.use(await openVisit(browser(), house)));
      // From here on, only the app's own waits count, so that the measured time does not depend on the machine.
      time = undo.use(clock.stop());
      start = { app: clock.now(), machine: Date.now() };
    });
    afterEach(async () => {
      await undo.disposeAsync();
    });

    /**
     * Lets the app's time pass until the page shows a text. The time passes more slowly than the machine's, so that
     * a machine that pauses does not use up the limit.
     */
    async function passUntil(text: string): Promise<void> {
      await vi.waitFor(
        async () => {
          if ((await page.getByText(text).count()) > 0) return;
          time.advance(TICK_MS);
          throw new Error(`The page does not show: ${text}`);
        },
        { interval: 2 * TICK_MS },
      );
    }

    /** Lets the app's time pass until the app has asked for all states of Twilio's build. */
    async function passBuild(): Promise<void> {
      const states = (): number =>
        house.twilio.cloud.requests.filter(({ path }) => /\/Builds\/\w+\/Status$/.test(path)).length;
      for (let poll = 1; poll <= BUILD.polls; poll += 1) {
        await vi.waitFor(
          () => {
            if (states() >= poll) return;
            // The app had not begun its wait when the time was moved.
            time.advance(TICK_MS);
            throw new Error(`The app has not asked for the build ${poll} times.`);
          },
          { interval: TICK_MS },
        );
        time.advance(BUILD.everyMs);
      }
    }

    /**
     * Prints the time since the page could be opened. Returns the part of it that the app waited, in milliseconds.
     */
    function measure(way: keyof typeof LIMITS_MS): number {
      const waited = clock.now() - start.app;
      const machine = Date.now() - start.machine;
      const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
      process.stdout.write(
        `First message by ${way}: ${seconds(waited)} s of the app's waiting, ${seconds(machine)} s on this machine.\n`,
      );
      return waited;
    }

    test("receives its first message by polling within a minute, without a click", async () => {
      await page.goto("./");
      await page.getByText("are read from Twilio's list every 15 seconds").waitFor();
      house.twilio.addMessage({ from: THEIRS, to: OURS, body: "Is anybody there?" });
      await page.getByRole("link", { name: "Conversations" }).click();
      time.advance(POLLED_EVERY_MS);
      await passUntil("Is anybody there?");
      expect(measure("polling")).toBeLessThanOrEqual(LIMITS_MS.polling);
    });

    test("receives its first message through the relay within three minutes, of which Twilio's build takes one", async () => {
      house.twilio.cloud.building.polls = BUILD.polls;
      await page.goto("./");
      await page.getByRole("link", { name: "Set up the relay" }).click();
      await page.getByText("What will be created").waitFor();
      await page.getByRole("button", { name: "Set up the relay" }).click();
      await passBuild();
      await passUntil("From Twilio's cloud to the app and back");
      expect(clock.now() - start.app).toBeGreaterThanOrEqual(BUILD.polls * BUILD.everyMs);
      const answer = await house.twilio.receiveMessage({ from: THEIRS, to: OURS, body: "It rings." });
      expect(answer.status).toBe(200);
      await page.getByRole("link", { name: "Conversations" }).click();
      await passUntil("It rings.");
      expect(measure("relay")).toBeLessThanOrEqual(LIMITS_MS.relay);
      expect(house.twilio.violations()).toEqual([]);
    });
  });
});
