import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { parseOptions } from "../../../src/options/parse-options.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { rootFile } from "../../packaging/root-file.ts";
import { connectToCore } from "../../real-core/house/core/core-client.ts";
import type { CoreClient } from "../../real-core/house/core/core-client.ts";
import { startCore } from "../../real-core/house/core/start-core.ts";
import { useBlueprint } from "../../real-core/house/use-blueprint.ts";
import { describeWithCore } from "../../real-core/install/describe-with-core.ts";
import { describeInChromium } from "./describe-in-chromium.ts";
import { openVisit } from "./open-visit.ts";
import type { Visit } from "./open-visit.ts";
import { startBrowserHouse } from "./start-browser-house.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

/**
 * Steps on Home Assistant's own pages, in the order of DOCS.md. They come before the first step on the app's page.
 */
const INSTALLATION = [
  "press the link that adds the repository, and confirm",
  "press Install",
  "enter the Account SID and the Auth Token, and press Save",
  "press Start",
];

describeWithCore(
  "in the first hour after the installation, in a Home Assistant without data,",
  (installation) => {
    describeInChromium("a user of the panel in Home Assistant (through ingress)", (browser) => {
      const undo = new AsyncDisposableStack();
      const steps = [...INSTALLATION];
      let client: CoreClient;
      let house: BrowserHouse;
      let visit: Visit;
      let page: Page;

      beforeAll(async () => {
        const core = undo.use(await startCore({ installation, configuration: "counter:\n" }));
        client = undo.use(await connectToCore(core.url, core.token));
        // The values in the form before the user has entered anything but the credentials.
        const options = { public_url: "", contacts: [], default_sender: "", language: "" };
        house = undo.use(await startBrowserHouse({ core, options }));
        visit = undo.use(await openVisit(browser(), house));
        ({ page } = visit);
      });
      afterAll(() => undo.disposeAsync());

      /** Something that the user does, which is counted. */
      async function step<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
        steps.push(what);
        return await act();
      }

      test("needs no other option than the credentials to follow the documented steps", () => {
        const [, first = ""] = /\n(1\. [^]*?)\n\n/.exec(rootFile("DOCS.md")) ?? [];
        for (const word of ["Add the app", "**Install**", "**Save**", "**Start**", "**Open Web UI**"])
          expect(first).toContain(word);
        const credentials = { account_sid: `AC${"0".repeat(32)}`, auth_token: "f".repeat(32) };
        expect(parseOptions(credentials)).toMatchObject({ ok: true, warnings: [] });
      });

      test("sends the first message after at most eight steps", async () => {
        await step("press Open Web UI", () => page.goto("./"));
        await step("enter the phone's number under Try it", () =>
          page.getByRole("combobox", { name: "To" }).fill(THEIRS),
        );
        await step("press Send", () => page.getByRole("button", { name: "Send" }).click());
        await vi.waitFor(() => expect(house.twilio.messages()).toHaveLength(1));
        const [message] = house.twilio.messages();
        expect(message).toMatchObject({ to: THEIRS, from: OURS, body: "Hello from Home Assistant." });
        await house.twilio.advanceMessage(message?.sid ?? "", "delivered");
        await page.getByText("Done: Delivered").first().waitFor();
        report("first message sent");
        expect(steps.length).toBeLessThanOrEqual(8);
      });

      test("receives the first message without a public address, and only has to write it on the phone", async () => {
        await using events = await client.events("twilio_data_received");
        const before = steps.length;
        await step("answer on the phone", () => arrives("It works"));
        expect((await events.next()).data).toMatchObject({ From: THEIRS, Body: "It works", source: "poll" });
        report("first message received");
        expect(steps).toHaveLength(before + 1);
      });

      test("sees the message on the page Conversations, answers it there, and makes its sender a contact", async () => {
        await step("press Conversations", () =>
          page.getByRole("link", { name: "Conversations", exact: true }).click(),
        );
        await step("press the conversation", () => page.getByRole("link", { name: THEIRS }).first().click());
        await page.getByText("It works").first().waitFor();
        await step("type an answer", () => page.getByRole("textbox", { name: "Message" }).fill("Good."));
        await step("press Send", () => page.getByRole("button", { name: "Send" }).click());
        await vi.waitFor(() => expect(house.twilio.messages().map(({ body }) => body)).toContain("Good."));
        report("first message answered");

        await step("press Save as contact", () =>
          page.getByRole("link", { name: "Save as contact" }).click(),
        );
        expect(await page.getByRole("textbox", { name: "Number" }).inputValue()).toBe(THEIRS);
        await step("type the name", () => page.getByRole("textbox", { name: "Name" }).fill("Alice"));
        await step("press Save", () => page.getByRole("button", { name: "Save" }).click());
        await page.getByRole("status").getByText("Saved.").waitFor();
        report("first contact saved");

        await using events = await client.events("twilio_data_received");
        await arrives("Alice here");
        expect((await events.next()).data).toMatchObject({ Body: "Alice here", contact: "Alice" });
        expect(visit.faults).toEqual([]);
        expect(house.twilio.violations()).toEqual([]);
      });

      test("has an automation with a PIN menu after at most eight steps", async () => {
        // The inputs that Home Assistant's editor requires. In the field for the counter, the user creates a counter
        // with a name.
        const required = await requiredInputs("twilio/pin_menu.yaml");
        expect(required).toEqual(["pin", "counter", "actions_1"]);
        const counter = await client.command<{ id: string }>({ type: "counter/create", name: "Wrong PINs" });
        const input = { pin: "4711", counter: `counter.${counter.id}`, actions_1: [{ event: "gate" }] };
        await useBlueprint(client, "pin_menu", input);
        const acts = [
          "open Settings, Automations & scenes, Blueprints",
          "press the blueprint",
          ...required.map((name) => `fill in ${name}`),
          "name the counter",
          "press Save",
          "press Save in the dialog with the name",
        ];
        process.stdout.write(`menu with a PIN: ${acts.length} steps, after the relay\n`);
        expect(acts.length).toBeLessThanOrEqual(8);
      });

      /** The inputs of a blueprint that have no default, also those in sections. */
      async function requiredInputs(path: string): Promise<string[]> {
        type Inputs = Readonly<Record<string, { readonly input?: Inputs }>>;
        type Listed = Readonly<Record<string, { readonly metadata: { readonly input: Inputs } }>>;
        const listed = await client.command<Listed>({ type: "blueprint/list", domain: "automation" });
        const namesIn = (inputs: Inputs): string[] =>
          Object.entries(inputs).flatMap(([name, one]) =>
            one.input === undefined ? ("default" in one ? [] : [name]) : namesIn(one.input),
          );
        return namesIn(listed[path]?.metadata.input ?? {});
      }

      /** Adds a message to Twilio's list. The number has no webhook. */
      async function arrives(body: string): Promise<void> {
        house.twilio.addMessage({ from: THEIRS, to: OURS, body });
      }

      /** Prints how many steps the user has needed so far. */
      function report(what: string): void {
        process.stdout.write(`${what}: ${steps.length} steps, the last: ${steps.at(-1)}\n`);
      }
    });
  },
);
