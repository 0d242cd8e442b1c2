import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";

import { MY_NUMBER } from "../../../../demo/numbers.ts";
import { SWITCHED_OFF, whileAdvancing } from "../../../docs/advance-deliveries.ts";
import { placeOf } from "../../../docs/code-blocks.ts";
import type { CodeBlock } from "../../../docs/code-blocks.ts";
import { MIGRATION_GUIDE, readBlocks } from "../../../docs/documents.ts";
import { expectedDeliveries } from "../../../docs/expected-deliveries.ts";
import { shapeOf } from "../../../docs/shape-of.ts";
import type { CoreEvent, EventCollector } from "../../house/core/event-collector.ts";
import { miss, SCENARIOS as OTHER_SCENARIOS } from "../../house/documents/documented-automations.ts";
import {
  CALL_SCENARIOS,
  enterDigits,
  leaveMessage,
  raiseAlarm,
  takeAlarm,
  talk,
} from "../../house/documents/documented-calls.ts";
import { testDocumentedProcesses } from "../../house/documents/documented-processes.ts";
import { startDocsHouse } from "../../house/documents/start-docs-house.ts";
import type { DocsHouse } from "../../house/documents/start-docs-house.ts";
import { saveAutomation } from "../../house/run-automation.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const blocks = readBlocks().filter(({ file }) => file !== MIGRATION_GUIDE);

const SCENARIOS = { ...OTHER_SCENARIOS, ...CALL_SCENARIOS };

/** The blocks of these kinds for `test.each`, each with its place. */
function of(...kinds: readonly string[]): [string, CodeBlock][] {
  return blocks.filter(({ kind }) => kinds.includes(kind)).map((block) => [placeOf(block), block]);
}

/** A number that no other test calls. */
const CALLED_BY_ALARM = "+12125550144";

const EVENTS = [
  "twilio_data_received",
  "twilio_data_missed",
  "twilio_message_status",
  "twilio_call_status",
  "twilio_result",
  "twilio_recording",
  "twilio_alarm",
];

describeWithCore("the YAML of the documents, in a real Home Assistant Core", (installation) => {
  let house: DocsHouse;

  beforeAll(async () => {
    house = await startDocsHouse(installation, blocks);
  });
  afterAll(async () => {
    expect(house.twilio.violations()).toEqual([]);
    // With an orderly stop, Core's recorder would take ten seconds.
    await house.core.kill();
    await house[Symbol.asyncDispose]();
  });

  test("Home Assistant accepts the documented additions to configuration.yaml", async () => {
    const checked = await house.client.post("/api/config/core/check_config");
    expect(checked).toMatchObject({ result: "valid", errors: null, warnings: null });
    const complaints = (await house.client.persistentNotifications()).map(({ notification_id: id }) => id);
    expect(complaints).not.toContain("invalid_config");
  });

  describe("automations", () => {
    beforeEach(() => house.client.callService("cover", "close_cover", { entity_id: "cover.garage_door" }));

    test.each(of("automation"))(
      "run to their end and have the documented effect: %s",
      async (place, { text }) => {
        const definition = parse(text) as { readonly alias: string };
        const scenario = SCENARIOS[definition.alias];
        if (scenario === undefined) throw new Error(`no scenario for "${definition.alias}"`);
        const id = place.replaceAll(/\W/g, "_").toLowerCase();
        await using automation = await saveAutomation(house.client, id, definition);
        const { stranger, cause } = scenario;
        const happen = async (): Promise<void> => {
          if (stranger !== undefined) await automation.runsBy(() => stranger(house), "failed_conditions");
          expect(await automation.runsBy(() => cause(house), "finished")).toContain("finished");
          await scenario.effect(house);
        };
        await (scenario.answers === true ? happen() : whileAdvancing(house.twilio, happen));
      },
    );
  });

  test.each(of("actions"))("send the documented requests to Twilio: %s", async (_place, { text }) => {
    const { client, twilio } = house;
    const sequence: unknown = parse(text);
    const before = twilio.requests().length;
    await whileAdvancing(twilio, () => client.command({ type: "execute_script", sequence }));
    const expected = expectedDeliveries(sequence);
    expect(expected.length).toBeGreaterThan(0);
    await vi.waitFor(() => expect(twilio.requests().length - before).toBe(expected.length), {
      interval: 20,
    });
    const forms = twilio
      .requests()
      .slice(before)
      .map(({ form }) => form);
    for (const form of expected) expect(forms).toContainEqual(expect.objectContaining(form));
    for (const [, light] of text.matchAll(/light\.turn_on\n\s+target: \{ entity_id: (\S+) \}/g))
      await client.waitForState(light ?? "", "on");
  });

  describe("examples of events and responses", () => {
    let fired: CoreEvent[];

    beforeAll(async () => {
      await using undo = new AsyncDisposableStack();
      const collectors: EventCollector[] = [];
      for (const type of EVENTS) collectors.push(undo.use(await house.client.events(type)));
      await happen(collectors);
      fired = collectors.flatMap((collector) => [...collector.all()]);
    });

    /** Causes all events that the documented examples show. */
    async function happen(collectors: readonly EventCollector[]): Promise<void> {
      const { client, twilio } = house;
      const [, missed, , callStatuses, results, recordings, alarms] = collectors;
      const call = (name: string, data: object) =>
        client.callService("script", name, data, { returnResponse: true });
      const ring = SCENARIOS["Open the garage door when I call"];
      const show = SCENARIOS["Show a message"];
      await ring?.cause(house);
      await show?.cause(house);
      await whileAdvancing(twilio, async () => {
        await call("twilio_send_message", { to: MY_NUMBER, message: "a", wait_for: "delivered" });
        await call("twilio_send_message", { to: SWITCHED_OFF, message: "a" });
        const both = [MY_NUMBER, "+15005550001"];
        await call("twilio_send_message", { to: both, message: "a", on_error: "respond" });
      });
      await call("twilio_make_call", { to: MY_NUMBER, say: "a", detect_machine: true });
      const sid = twilio.calls().at(-1)?.sid ?? "";
      await twilio.advanceCall(sid, "completed", { answeredBy: "human", duration: 12 });
      await leaveMessage(house, talk(house, { say: "a", record: 60, then: "hang_up" }));
      await recordings?.next();
      await enterDigits(house);
      await raiseAlarm(house, { alarm: "An alarm", message: "a", people: [CALLED_BY_ALARM] });
      await takeAlarm(house, CALLED_BY_ALARM);
      await alarms?.next(({ data }) => data["state"] === "taken");
      await miss(house);
      await missed?.next();
      await callStatuses?.next(({ data }) => data["duration"] === 12);
      for (let count = 0; count < 7; count += 1) await results?.next();
    }

    test.each(of("event"))("have the fields of a real event: %s", (_place, { text }) => {
      const { event_type: type, data } = parse(text) as { event_type: string; data: object };
      const shapes = fired
        .filter((event) => event.event_type === type)
        .map((event) => shapeOf(anybody(event.data)));
      expect(shapes).toContainEqual(shapeOf(anybody(data)));
    });

    test.each(of("response"))("have the fields of a real response: %s", (_place, { text }) => {
      const results = fired.filter(({ event_type: type }) => type === "twilio_result");
      expect(results.map(({ data }) => shapeOf(data))).toContainEqual(shapeOf(parse(text)));
    });
  });

  test("the webhook's URL shows the documented page in a browser", async () => {
    const page = await (await fetch(house.app.webhook)).text();
    expect(page).toContain("Refused: it has no X-Twilio-Signature");
  });

  testDocumentedProcesses(blocks, () => house);

  test("Home Assistant's recorder stores none of the events that the documents exclude", async () => {
    await house.client.command({ type: "fire_event", event_type: "test_all_before" });
    const recordedTypes = await vi.waitFor(
      () => {
        const types = recorded(house.core.directory);
        if (!types.includes("test_all_before")) throw new Error("the recorder has not written all yet");
        return types;
      },
      { interval: 100 },
    );
    expect(recordedTypes).toContain("automation_triggered");
    expect(recordedTypes.filter((type) => /^twilio_|^call_service$/.test(type))).toEqual([]);
  });
});

/** The types of all events that Core's recorder has written. */
function recorded(directory: string): string[] {
  using database = new DatabaseSync(join(directory, "home-assistant_v2.db"), { readOnly: true });
  return database
    .prepare("SELECT DISTINCT types.event_type FROM events JOIN event_types AS types USING (event_type_id)")
    .all()
    .map((row) => String(row["event_type"]));
}

/** Replaces the contact, because it is a name or null depending on the caller. */
function anybody(data: object): object {
  return "contact" in data ? { ...data, contact: "anybody" } : data;
}
