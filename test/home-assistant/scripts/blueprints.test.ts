import { expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import {
  HomeAssistantRefusedError,
  HomeAssistantUnavailableError,
} from "../../../src/home-assistant/connection/errors.ts";
import { createBlueprints } from "../../../src/home-assistant/scripts/blueprints.ts";

const wanted = new AbortController().signal;
const failing = (error: Error) =>
  createBlueprints(
    async () => {
      throw error;
    },
    1_000,
    SYSTEM_CLOCK,
  );

/** The blueprints of a Core that gives `answer` to every command, and all commands that it got. */
function answering(answer: unknown) {
  const asked: object[] = [];
  const ask = async (message: object): Promise<unknown> => {
    asked.push(message);
    return answer;
  };
  return { blueprints: createBlueprints(ask, 1_000, SYSTEM_CLOCK), asked };
}

test("each blueprint that Core lists counts as existing, even if Core cannot read its file", async () => {
  const { blueprints, asked } = answering({
    "twilio/a.yaml": { metadata: { name: "A" } },
    "twilio/b.yaml": { error: "broken" },
  });
  expect([...(await blueprints.list(wanted))]).toEqual([
    ["twilio/a.yaml", { name: "A" }],
    ["twilio/b.yaml", {}],
  ]);
  expect(asked).toEqual([{ type: "blueprint/list", domain: "automation" }]);
});

test.each([
  [{ automation: ["automation.gate"] }, true],
  [{}, false],
])("Core's answer %j tells the app whether an automation uses a blueprint", async (answer, isUsed) => {
  const { blueprints, asked } = answering(answer);
  expect(await blueprints.isUsed("twilio/a.yaml", wanted)).toBe(isUsed);
  expect(asked).toEqual([
    { type: "search/related", item_type: "automation_blueprint", item_id: "twilio/a.yaml" },
  ]);
});

test("if Core cannot search for automations with a blueprint, the blueprint counts as used", async () => {
  const blueprints = failing(new HomeAssistantRefusedError("unknown_command", "Unknown command."));
  expect(await blueprints.isUsed("twilio/a.yaml", wanted)).toBe(true);
});

test("if Core cannot fill the inputs into a blueprint, the app reads the blueprint's content as null", async () => {
  const blueprints = failing(new HomeAssistantRefusedError("unknown_error", "Missing input"));
  expect(await blueprints.substitute("twilio/a.yaml", {}, wanted)).toBeNull();
});

test("a blueprint file that exists is overwritten only if the app explicitly asks for that", async () => {
  const { blueprints, asked } = answering({ overrides_existing: true });
  expect(await blueprints.replace("twilio/a.yaml", "blueprint:", wanted)).toEqual({ kind: "saved" });
  expect(asked).toMatchObject([{ type: "blueprint/save", allow_override: true }]);
});

test("a new blueprint is never stored over an existing file", async () => {
  const { blueprints, asked } = answering({ overrides_existing: false });
  expect(await blueprints.add("twilio/a.yaml", "blueprint:", wanted)).toEqual({ kind: "saved" });
  expect(asked).toEqual([
    {
      type: "blueprint/save",
      domain: "automation",
      path: "twilio/a.yaml",
      yaml: "blueprint:",
      allow_override: false,
    },
  ]);
});

test.each([
  ["already_exists", "File already exists", { kind: "exists" }],
  ["invalid_format", "Unsupported domain", { kind: "refused", reason: "Unsupported domain" }],
  ["unknown_command", "Unknown command.", { kind: "refused", reason: "Unknown command." }],
])("Core's error %s for a new blueprint is returned as a result", async (code, message, expected) => {
  const blueprints = failing(new HomeAssistantRefusedError(code, message));
  expect(await blueprints.add("twilio/a.yaml", "blueprint:", wanted)).toEqual(expected);
});

test("a connection that is lost while a blueprint is stored does not count as a refusal by Core", async () => {
  const blueprints = failing(new HomeAssistantUnavailableError("gone", true));
  await expect(blueprints.add("twilio/a.yaml", "blueprint:", wanted)).rejects.toThrow("gone");
});

test("a Home Assistant that does not answer about blueprints does not delay the stop of the app", async () => {
  const unwanted = new AbortController();
  const asked = createBlueprints(() => new Promise(() => {}), 60_000, SYSTEM_CLOCK).list(unwanted.signal);
  unwanted.abort();
  await expect(asked).rejects.toThrow(HomeAssistantUnavailableError);
});
