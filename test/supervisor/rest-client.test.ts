import { afterEach, beforeEach, expect, test } from "vitest";

import { createRestClient } from "../../src/home-assistant/connection/rest-client.ts";
import type { RestClient } from "../../src/home-assistant/connection/rest-client.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { PATIENCE_MS } from "../patience.ts";
import { SYSTEM_PARTS } from "../system-parts.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";

const { signal } = new AbortController();

let core: FakeHomeAssistant;
let supervisor: Supervisor;
let rest: RestClient;
beforeEach(async () => {
  core = await startFakeHomeAssistant();
  supervisor = await startSupervisor({ core });
  rest = createRestClient({
    ...SYSTEM_PARTS,
    url: supervisor.url,
    token: supervisor.token,
    timeoutMs: PATIENCE_MS,
  });
});
afterEach(async () => {
  await supervisor[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

test("REST answers of Core reach the app through Supervisor's proxy", async () => {
  const script = { alias: "A", sequence: [] };
  expect(await rest("POST", "config/script/config/a", { body: script, signal })).toMatchObject({
    status: 200,
  });
  expect(core.scripts.get("a")).toEqual(script);
  expect(await rest("GET", "config/script/config/a", { signal })).toEqual({ status: 200, body: script });
  expect(await rest("GET", "config/script/config/b", { signal })).toMatchObject({ status: 404 });
});

test.each<[string, () => void]>([
  ["Core that does not run yet", () => (core.behaviour.state = "STARTING")],
  ["Supervisor that is starting and answers 400", () => (supervisor.state = "setup")],
])("%s counts as away, and as not having received the request", async (_what, happen) => {
  happen();
  await expect(rest("GET", "states/script.a", { signal })).rejects.toMatchObject({
    name: "HomeAssistantUnavailableError",
    sent: false,
  });
});

test("a request with the token of an earlier start is answered with 401", async () => {
  supervisor.renewToken();
  expect(await rest("GET", "states/script.a", { signal })).toMatchObject({ status: 401 });
});
