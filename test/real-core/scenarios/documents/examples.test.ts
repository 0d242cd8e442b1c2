import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";

import { toYaml } from "../../../../src/panel/examples/automation-for.ts";
import { notifyExample } from "../../../../src/panel/examples/examples.ts";
import { OURS, THEIRS as ALICE } from "../../../app/start-house.ts";
import { startTestApp } from "../../../app/start-test-app.ts";
import type { TestApp } from "../../../app/start-test-app.ts";
import { startTwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../../twilio-simulator/start-twilio-simulator.ts";
import { connectToCore } from "../../house/core/core-client.ts";
import type { CoreClient } from "../../house/core/core-client.ts";
import type { CoreEvent, EventCollector } from "../../house/core/event-collector.ts";
import { startCore } from "../../house/core/start-core.ts";
import { saveAutomation } from "../../house/run-automation.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

/** A name with characters that have a meaning in YAML and templates. */
const NAME = `Alice "on" O'Neil: 12:30`;
const NOTIFIERS = [{ name: "family_sms", type: "sms" }] as const;
const TYPES = ["twilio_data_received", "twilio_message_status", "twilio_result"] as const;

describeWithCore("the panel's examples, pasted into a real Home Assistant Core,", (installation) => {
  const undo = new AsyncDisposableStack();
  let client: CoreClient;
  let twilio: TwilioSimulator;
  let app: TestApp;

  beforeAll(async () => {
    twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
    const configuration = toYaml(notifyExample(NOTIFIERS));
    const core = undo.use(await startCore({ installation, configuration }));
    client = undo.use(await connectToCore(core.url, core.token));
    app = undo.use(
      await startTestApp({
        twilio,
        homeAssistant: core,
        options: {
          contacts: [{ name: NAME, number: ALICE }],
          notifiers: [{ ...NOTIFIERS[0], from_number: OURS }],
          incoming_calls: { wait_seconds: 10, otherwise: "reject" },
        },
        settings: { panel: { port: 0, password: null, supervised: false } },
      }),
    );
    for (const line of [
      /twilio_talk is installed and up to date|Installed script.twilio_talk/,
      /Connected to Home Assistant/,
    ]) {
      await vi.waitFor(() => expect(app.lines.join("\n")).toMatch(line), { interval: 20 });
    }
  });
  afterAll(() => undo.disposeAsync());

  async function page(query = ""): Promise<string> {
    const response = await fetch(`http://localhost:${app.panelPort}/examples${query}`);
    expect(response.status).toBe(200);
    return await response.text();
  }

  /** The YAML in a field of the page Examples. */
  async function pasted(id: string, query = ""): Promise<unknown> {
    const html = await page(query);
    const [, text = ""] = new RegExp(`<textarea id="${id}"[^>]*>([^<]*)</textarea>`).exec(html) ?? [];
    const plain = text
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
    return parse(plain, { version: "1.1" });
  }

  async function choices(): Promise<string[]> {
    return [...(await page()).matchAll(/href="examples(\?event=\d+)"/g)].map(([, query]) => query ?? "");
  }

  test("contain an automation for each received event, which runs to its end when the event is fired", async () => {
    await using collected = new AsyncDisposableStack();
    const collectors: EventCollector[] = [];
    for (const type of TYPES) collectors.push(collected.use(await client.events(type)));
    await twilio.receiveMessage({ from: ALICE, to: OURS, body: "Is the window closed?" });
    await twilio.receiveMessage({ from: "+12125550199", to: OURS, body: "Hello" });
    await twilio.placeCall({ from: ALICE, to: OURS });
    await client.command({
      type: "execute_script",
      sequence: [{ action: "script.twilio_send_message", data: { to: NAME, message: "Yes." } }],
    });
    await twilio.advanceMessage(twilio.messages().at(-1)?.sid ?? "", "delivered");
    await collectors[1]?.next(({ data }) => data["status"] === "delivered");
    const events = (): CoreEvent[] => collectors.flatMap((collector) => [...collector.all()]);

    const queries = await choices();
    expect(queries.length).toBeGreaterThanOrEqual(5);
    const types = new Set<string>();
    for (const [index, query] of queries.entries()) {
      const definition = (await pasted("automation", query)) as {
        readonly alias: string;
        readonly triggers: readonly { readonly event_type: string }[];
      };
      const type = definition.triggers[0]?.event_type ?? "";
      types.add(type);
      await using automation = await saveAutomation(client, `pasted_${index}`, definition);
      const ends = await automation.runsBy(async () => {
        for (const { event_type, data } of events().filter((event) => event.event_type === type)) {
          await client.command({ type: "fire_event", event_type, event_data: data });
        }
      }, "finished");
      expect(ends, definition.alias).toContain("finished");
    }
    expect([...types].toSorted()).toEqual([...TYPES].toSorted());
    const shown = await client.persistentNotifications();
    expect(shown).toContainEqual(
      expect.objectContaining({ title: `Message from ${NAME}`, message: "Is the window closed?" }),
    );
  });

  test("send a message to the first contact with the action send_message", async () => {
    await client.command({ type: "execute_script", sequence: [await pasted("send")] });
    expect(twilio.requests().at(-1)?.form).toMatchObject({ To: ALICE, Body: "Somebody is at the door." });
  });

  test("answer a call, ask for a key, and run the action of the key", async () => {
    await using automation = await saveAutomation(client, "pasted_talk", (await pasted("talk")) as object);
    await automation.runsBy(async () => {
      const call = await twilio.ring({ from: ALICE, to: OURS });
      await call.until(({ waitingFor }) => waitingFor === "gather");
      await call.press("1");
      await call.over();
      expect(call.said).toEqual(["Hello. Press 1 to open the gate.", "The gate is opening. Goodbye."]);
    }, "finished");
    const shown = await client.persistentNotifications();
    expect(shown).toContainEqual(expect.objectContaining({ message: "The caller pressed 1" }));
  });

  test("create the notifier in configuration.yaml, and the app sends its messages", async () => {
    const before = twilio.requests().length;
    await client.callService("notify", "family_sms", { message: "Dinner", target: [ALICE] });
    await vi.waitFor(() => expect(twilio.requests().length).toBe(before + 1), { interval: 20 });
    expect(twilio.requests().at(-1)?.form).toMatchObject({ To: ALICE, Body: "Dinner" });
  });
});
