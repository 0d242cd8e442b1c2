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

test("what Core lists is there, that which it cannot read too", async () => {
  const asked: object[] = [];
  const blueprints = createBlueprints(
    (message) => {
      asked.push(message);
      return Promise.resolve({ "twilio/a.yaml": { metadata: {} }, "twilio/b.yaml": { error: "broken" } });
    },
    1_000,
    SYSTEM_CLOCK,
  );
  expect([...(await blueprints.list(wanted))]).toEqual(["twilio/a.yaml", "twilio/b.yaml"]);
  expect(asked).toEqual([{ type: "blueprint/list", domain: "automation" }]);
});

test("saving never allows Core to write over a file", async () => {
  const asked: object[] = [];
  const blueprints = createBlueprints(
    (message) => {
      asked.push(message);
      return Promise.resolve({ overrides_existing: false });
    },
    1_000,
    SYSTEM_CLOCK,
  );
  expect(await blueprints.save("twilio/a.yaml", "blueprint:", wanted)).toEqual({ kind: "saved" });
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
])("Core's answer %s is told apart", async (code, message, expected) => {
  const blueprints = failing(new HomeAssistantRefusedError(code, message));
  expect(await blueprints.save("twilio/a.yaml", "blueprint:", wanted)).toEqual(expected);
});

test("a Home Assistant that goes is no refusal", async () => {
  const blueprints = failing(new HomeAssistantUnavailableError("gone", true));
  await expect(blueprints.save("twilio/a.yaml", "blueprint:", wanted)).rejects.toThrow("gone");
});

test("one that hangs keeps nobody from stopping", async () => {
  const unwanted = new AbortController();
  const asked = createBlueprints(() => new Promise(() => {}), 60_000, SYSTEM_CLOCK).list(unwanted.signal);
  unwanted.abort();
  await expect(asked).rejects.toThrow(HomeAssistantUnavailableError);
});
