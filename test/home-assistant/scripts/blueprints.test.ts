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

test("every blueprint that Core lists exists, even if Core cannot read it", async () => {
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

test("a blueprint is never saved over an existing file", async () => {
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
])("Core's error %s has its own result", async (code, message, expected) => {
  const blueprints = failing(new HomeAssistantRefusedError(code, message));
  expect(await blueprints.save("twilio/a.yaml", "blueprint:", wanted)).toEqual(expected);
});

test("a lost connection is not a refusal", async () => {
  const blueprints = failing(new HomeAssistantUnavailableError("gone", true));
  await expect(blueprints.save("twilio/a.yaml", "blueprint:", wanted)).rejects.toThrow("gone");
});

test("a Home Assistant that hangs does not delay the stop of the app", async () => {
  const unwanted = new AbortController();
  const asked = createBlueprints(() => new Promise(() => {}), 60_000, SYSTEM_CLOCK).list(unwanted.signal);
  unwanted.abort();
  await expect(asked).rejects.toThrow(HomeAssistantUnavailableError);
});
