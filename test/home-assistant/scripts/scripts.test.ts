import { expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { HomeAssistantUnavailableError } from "../../../src/home-assistant/connection/errors.ts";
import type { RestResponse } from "../../../src/home-assistant/connection/rest-client.ts";
import { createScripts } from "../../../src/home-assistant/scripts/scripts.ts";

const wanted = new AbortController().signal;

const NOT_FOUND: RestResponse = { status: 404, body: { message: "Entity not found." } };

/** Scripts of a Home Assistant with these answers by path, and these registered entities. */
function scriptsOf(answers: Readonly<Record<string, RestResponse>>, registered: readonly object[] = []) {
  return createScripts(
    (_method, path) => Promise.resolve(answers[path] ?? NOT_FOUND),
    ({ type }) =>
      Promise.resolve(
        type === "script/config" ? { config: { alias: "A", description: "Mine" } } : registered,
      ),
    1_000,
    SYSTEM_CLOCK,
  );
}

const running = (current: number): RestResponse => ({
  status: 200,
  body: { state: "on", attributes: { current } },
});
const REMEMBERED: RestResponse = {
  status: 200,
  body: { state: "unavailable", attributes: { restored: true } },
};
const RENAMED = { platform: "script", unique_id: "send", entity_id: "script.mine" };

test.each<[string, Parameters<typeof scriptsOf>, number | null]>([
  ["a script that runs", [{ "states/script.send": running(3) }], 3],
  ["no script", [{}], null],
  ["a removed script in the registry", [{ "states/script.send": REMEMBERED }], null],
  ["an entity of another integration with the same id", [{}, [{ ...RENAMED, platform: "automation" }]], null],
  ["a renamed script", [{ "states/script.mine": running(2) }, [RENAMED]], 2],
  ["a renamed and removed script", [{ "states/script.mine": REMEMBERED }, [RENAMED]], null],
])(
  "the app reads from Home Assistant how many runs of a script are active: %s",
  async (_what, house, runs) => {
    expect(await scriptsOf(...house).isLoaded("send", wanted)).toBe(runs);
  },
);

test("the app reads the description of the loaded script, or null if Home Assistant has not loaded the script", async () => {
  const scripts = scriptsOf({ "states/script.send": running(0) });
  expect(await scripts.description("send", wanted)).toBe("Mine");
  expect(await scripts.description("call", wanted)).toBeNull();
});

test.each<[RestResponse, object]>([
  [
    { status: 200, body: { alias: "A" } },
    { kind: "found", definition: { alias: "A" } },
  ],
  [NOT_FOUND, { kind: "absent" }],
  [{ status: 500, body: "500 Internal Server Error" }, { kind: "unreadable" }],
  [
    { status: 401, body: "401: Unauthorized" },
    { kind: "refused", reason: "HTTP 401" },
  ],
])("when the app reads a script, Home Assistant's answer %j means %j", async (answer, expected) => {
  expect(await scriptsOf({ "config/script/config/send": answer }).read("send", wanted)).toEqual(expected);
});

test("if Core refuses to store a script, the error has Core's reason", async () => {
  const answer = { status: 400, body: { message: "Message malformed: required key" } };
  expect(await scriptsOf({ "config/script/config/send": answer }).write("send", {}, wanted)).toEqual({
    kind: "refused",
    reason: "Message malformed: required key",
  });
});

test("a Home Assistant that does not answer about scripts does not delay the stop of the app", async () => {
  const hanging = createScripts(
    () => Promise.resolve(NOT_FOUND),
    () => new Promise(() => {}),
    60_000,
    SYSTEM_CLOCK,
  );
  const unwanted = new AbortController();
  const asked = hanging.isLoaded("send", unwanted.signal);
  unwanted.abort();
  await expect(asked).rejects.toThrow(HomeAssistantUnavailableError);
});
