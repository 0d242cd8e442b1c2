import { afterAll, beforeAll, expect, test } from "vitest";

import {
  ALICE,
  BOB,
  type BlueprintHouse,
  type Caller,
  LUIS,
  LUIS_OTHER_FORM,
  startBlueprintHouse,
  STRANGER,
} from "../../house/start-blueprint-house.ts";
import { removeAutomation, useBlueprint } from "../../house/use-blueprint.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const OPEN = [{ event: "test_gate_opens" }];
const FULL = { StirVerstat: "TN-Validation-Passed-A" };

describeWithCore("the blueprint that opens a gate for callers", (installation) => {
  let house: BlueprintHouse;

  beforeAll(async () => {
    house = await startBlueprintHouse(installation);
    await useBlueprint(house.client, "gate_on_call", { contacts: [" alice "], actions: OPEN });
  });
  afterAll(async () => {
    expect(house.faults()).toEqual([]);
    await house[Symbol.asyncDispose]();
  });

  /** Checks that the call is rejected without a spoken text. */
  async function rejected(from: string, parameters?: Readonly<Record<string, string>>): Promise<void> {
    const call = await house.ring(from, parameters);
    await call.over();
    expect(call.sounds).toMatchObject([{ rejected: "busy" }]);
  }

  async function opens(from: string, parameters?: Readonly<Record<string, string>>): Promise<void> {
    await using gate = await house.client.events("test_gate_opens");
    await rejected(from, parameters);
    await gate.next();
  }

  /**
   * Counts how often the gate opens for these callers. The permitted caller is the last, so all others have been
   * handled then.
   */
  async function openings(callers: readonly Caller[], last: Caller): Promise<number> {
    await using gate = await house.client.events("test_gate_opens");
    for (const { sounds } of await house.ringUntaken(...callers))
      expect(sounds).toMatchObject([{ rejected: "busy" }]);
    await rejected(...last);
    await gate.next();
    return gate.all().length;
  }

  test("rejects the call of a permitted caller, which costs nothing, and opens the gate", async () => {
    await using results = await house.client.events("twilio_result");
    await opens(ALICE);
    // If the app itself had rejected the call after its wait, the automation's step would have failed.
    expect((await results.next()).data).toMatchObject({ command: "talk", ok: true, ended: "app" });
  });

  test("opens the gate for the only permitted caller if the blueprint has the name as a text and not as a list", async () => {
    await removeAutomation(house.client, "gate_on_call");
    await useBlueprint(house.client, "gate_on_call", { contacts: "Alice", actions: OPEN });
    expect(await openings([[BOB]], [ALICE])).toBe(1);
  });

  test("opens for every contact, but not for strangers, if the field for names has no value in YAML", async () => {
    await removeAutomation(house.client, "gate_on_call");
    await useBlueprint(house.client, "gate_on_call", { contacts: null, actions: OPEN }, "gate_null");
    expect(await openings([[STRANGER]], [BOB])).toBe(1);
    await removeAutomation(house.client, "gate_null");
    await useBlueprint(house.client, "gate_on_call", { contacts: ["Alice"], actions: OPEN });
  });

  test("does not open the gate for other contacts, strangers and hidden numbers", async () => {
    expect(await openings([[BOB], [STRANGER], ["anonymous"]], [ALICE])).toBe(1);
  });

  test("opens for every contact if no names are selected, and only for attested numbers if attestation is required", async () => {
    await removeAutomation(house.client, "gate_on_call");
    const input = { contacts: [""], verified_only: true, actions: OPEN };
    await useBlueprint(house.client, "gate_on_call", input, "gate_vouched");
    await opens(ALICE, FULL);
    const refused: Parameters<typeof openings>[0] = [
      [BOB],
      [BOB, { StirVerstat: "TN-Validation-Failed-A" }],
      [STRANGER, FULL],
    ];
    expect(await openings(refused, [BOB, FULL])).toBe(1);
    await removeAutomation(house.client, "gate_vouched");
  });

  test("does not open for the other form of a contact's number until the app has sent a message to this form", async () => {
    await useBlueprint(house.client, "gate_on_call", { actions: OPEN }, "gate_forms");
    expect(await openings([[LUIS_OTHER_FORM]], [LUIS])).toBe(1);
    await house.client.callService("script", "twilio_send_message", {
      to: LUIS_OTHER_FORM,
      message: "Hello",
    });
    await opens(LUIS_OTHER_FORM);
    await removeAutomation(house.client, "gate_forms");
  });

  test("rejects the call at once even if the gate's action fails", async () => {
    const input = { actions: [...OPEN, { action: "nothing.there" }] };
    await useBlueprint(house.client, "gate_on_call", input, "gate_failing");
    await using results = await house.client.events("twilio_result");
    await opens(ALICE);
    expect((await results.next()).data).toMatchObject({ command: "talk", ok: true, ended: "app" });
    await removeAutomation(house.client, "gate_failing");
  });
});
