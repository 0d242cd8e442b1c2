import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { runDemo } from "../../demo/run-demo.ts";
import { describeInChromium } from "../panel/browser/describe-in-chromium.ts";
import { describeWithCore } from "../real-core/install/describe-with-core.ts";
import { freePort } from "../sockets/free-port.ts";

const START_MS = 240_000;
const PATIENCE_MS = 60_000;
// Each step on a page may take as long as the browser waits for it.
vi.setConfig({ testTimeout: START_MS });

/** The root of Home Assistant's page. */
interface HomeAssistantElement {
  readonly hass: { callWS(message: object): Promise<unknown> };
}

describeWithCore("the demo", () => {
  describeInChromium("in a browser", (browser) => {
    let directory: string;
    let ended: Promise<void>;
    let context: BrowserContext;
    let home: Page;
    let telephone: Page;
    const stopped = new AbortController();
    const lines: string[] = [];
    const faults: string[] = [];

    /** The URL that the demo printed for a page. */
    const address = (page: string): string =>
      new RegExp(`^ +${page} +(http://\\S+)$`, "m").exec(lines.join("\n"))?.[1] ?? "not printed";

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "twilio-demo-test-"));
      const isUp = Promise.withResolvers<void>();
      const ports = new Set<number>();
      while (ports.size < 4) ports.add(await freePort());
      const [homeAssistant = 0, telephonePort = 0, panel = 0, webhooks = 0] = ports;
      ended = runDemo({
        directory,
        once: false,
        realTwilio: false,
        relay: false,
        env: { CI: "true" },
        preferredPorts: { homeAssistant, telephone: telephonePort, panel, webhooks },
        say(text) {
          lines.push(...text.split("\n"));
          if (text.includes("Ctrl-C")) isUp.resolve();
        },
        stopped: stopped.signal,
      });
      await Promise.race([isUp.promise, ended]);
      context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(PATIENCE_MS);
      home = await context.newPage();
      home.on("pageerror", ({ message }) => void faults.push(message));
      telephone = await context.newPage();
    }, START_MS);

    afterAll(async () => {
      await context?.close();
      stopped.abort();
      await ended;
      await rm(directory, { recursive: true, force: true });
    }, PATIENCE_MS);

    test("shows the garage door and the automations at its first URL, after a login with the printed name and password", async () => {
      const [, username = "", password = ""] =
        /Log in as "(.+?)" with the password "(.+?)"/.exec(lines.join("\n")) ?? [];
      await home.goto(address("Home Assistant"));
      await home.locator("input[name=username]").fill(username);
      await home.locator("input[name=password]").fill(password);
      await home.getByRole("button", { name: "Log in" }).click();
      // The demo's own check has closed the door again.
      await tile("Garage door").getByText("Closed").waitFor();
      const automations = home.locator("hui-entities-card");
      for (const name of [
        "Open the garage door when I call",
        "Show an SMS",
        "Call Alice when there is smoke",
      ])
        await automations.getByText(name).waitFor();
      expect(faults).toEqual([]);
    });

    test("shows on the dashboard the calls and messages of the simulated telephone, whichever person the user plays", async () => {
      await telephone.goto(address("Telephone"));
      await telephone.getByRole("button", { name: "Call the house" }).click();
      await telephone.getByText("Alice hears the busy tone").nth(1).waitFor();
      await tile("Garage door").getByText("Open").waitFor();

      await telephone.getByLabel("I am").selectOption({ label: "Bob (+12125550124)" });
      await telephone.getByLabel("Message", { exact: true }).fill("Is anybody home?");
      await telephone.getByRole("button", { name: "Send" }).click();
      await tile("Last message").getByText("Bob: Is anybody home?").waitFor();
      expect(faults).toEqual([]);
    });

    test("calls the simulated telephone when there is smoke, and switches on the lights if the user presses 1", async () => {
      await tile("Smoke in the kitchen").click();
      await telephone.getByRole("button", { name: "Pick up" }).click();
      await telephone.getByText('"There is smoke in the kitchen.').waitFor();
      await telephone.getByRole("button", { name: "1", exact: true }).click();
      await telephone.getByText("Alice is no longer on the line (completed)").waitFor();
      await expect
        .poll(() => ask({ type: "get_states" }), { timeout: PATIENCE_MS })
        .toContainEqual(expect.objectContaining({ entity_id: "light.whole_house", state: "on" }));
    });

    test.each(["Alice", "Bob"])(
      "has actions that send a message to %s and wait until the message is delivered",
      async (name) => {
        const answer = await ask({
          type: "call_service",
          domain: "script",
          service: "twilio_send_message",
          service_data: { to: name, message: `Hello ${name}`, wait_for: "delivered" },
          return_response: true,
        });
        expect(answer).toMatchObject({ response: { ok: true, status: "delivered" } });
        await telephone.getByText(`Hello ${name}`).waitFor();
      },
    );

    test("rings the simulated telephone for one person after the other if two people are called at the same time", async () => {
      const declineBoth = async (): Promise<void> => {
        for (const turn of ["first", "second"]) {
          const ringing = telephone.locator("#whose");
          await ringing.waitFor();
          const name = /The house calls (\w+)/.exec((await ringing.textContent()) ?? turn)?.[1] ?? turn;
          await telephone.getByRole("button", { name: "Decline" }).click();
          await telephone.getByText(`${name} is no longer on the line (no-answer)`).waitFor();
        }
      };
      const called = ask({
        type: "call_service",
        domain: "script",
        service: "twilio_make_call",
        service_data: { to: ["Alice", "Bob"], say: "Dinner!", wait_for: "answered", on_error: "respond" },
        return_response: true,
      });
      const [answer] = await Promise.all([called, declineBoth()]);
      expect(answer).toMatchObject({ response: { ok: false, error: { code: "no-answer" } } });
    });

    test("has all ten blueprints in Home Assistant, without any error", async () => {
      const blueprints = (await ask({ type: "blueprint/list", domain: "automation" })) as object;
      expect(Object.keys(blueprints).filter((path) => path.startsWith("twilio/"))).toHaveLength(10);
      const titles = (await ask({ type: "persistent_notification/get" })) as { title: string }[];
      expect(titles.map(({ title }) => title).filter((title) => !title.startsWith("SMS from"))).toEqual([]);
    });

    test("prints the URL of the app's panel, which shows the conversations", async () => {
      const panel = await context.newPage();
      await panel.goto(`${address("The app's page")}/conversations`);
      await panel.getByText("Bob").first().waitFor();
      // The number of unread messages may stand before the name.
      expect(await panel.title()).toMatch(/Conversations · Twilio$/);
      await panel.close();
    });

    /** A card on the dashboard. */
    function tile(text: string): Locator {
      return home.locator("hui-tile-card").filter({ hasText: text });
    }

    /** Sends a message to Home Assistant over the connection of its page. */
    async function ask(message: object): Promise<unknown> {
      return await home
        .locator("home-assistant")
        .evaluate((root, asked) => (root as unknown as HomeAssistantElement).hass.callWS(asked), message);
    }
  });
});
