import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { openShippedRelay } from "../../src/app/shipped-relay.ts";
import { CloudRequestError } from "../../src/setup/relay/cloud-request-error.ts";
import { RELAY_SOURCE } from "../relay/relay-source.ts";
import { startHouse } from "./start-house.ts";

const ADDON = join(import.meta.dirname, "../../addon");

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-addon-"));
});
afterEach(() => rm(directory, { recursive: true }));

test("the file of the relay's Function is read when the app first needs the file, and the text names the Function's version", async () => {
  expect(await openShippedRelay(ADDON)()).toEqual({ text: RELAY_SOURCE, version: 1 });
});

test("if the file of the relay's Function cannot be read, the error names the file, and the next attempt reads it again", async () => {
  const source = openShippedRelay(directory);
  const refused = await source().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CloudRequestError);
  expect((refused as CloudRequestError).reported).toMatchObject({
    code: "app_failed",
    message: expect.stringContaining(join(directory, "relay", "relay.js")),
  });
  await cp(join(ADDON, "relay"), join(directory, "relay"), { recursive: true });
  expect((await source()).text).toBe(RELAY_SOURCE);
});

test("the app starts although the file of the relay's Function is missing", async () => {
  await using house = await startHouse({ install_scripts: false }, {}, { addonDir: directory });
  expect(house.app.port).toBeGreaterThan(0);
});
