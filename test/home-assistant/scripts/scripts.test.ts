import { expect, test } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { HomeAssistantUnavailableError } from "../../../src/home-assistant/connection/errors.ts";
import type { RestResponse } from "../../../src/home-assistant/connection/rest-client.ts";
import { createScripts } from "../../../src/home-assistant/scripts/scripts.ts";

const wanted = new AbortController().signal;

const NOT_FOUND: RestResponse = { status: 404, body: { message: "Entity not found." } };

/** A Home Assistant that answers each path as given, and knows these entities. */
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
  ["one that only the registry remembers", [{ "states/script.send": REMEMBERED }], null],
  ["another integration's of that id", [{}, [{ ...RENAMED, platform: "automation" }]], null],
  ["one renamed", [{ "states/script.mine": running(2) }, [RENAMED]], 2],
  ["one renamed and removed", [{ "states/script.mine": REMEMBERED }, [RENAMED]], null],
])("the runs of %s are known", async (_what, house, runs) => {
  expect(await scriptsOf(...house).isLoaded("send", wanted)).toBe(runs);
});

test("a description is that of the loaded script, null where none is", async () => {
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
])("reading that is answered %j is %j", async (answer, expected) => {
  expect(await scriptsOf({ "config/script/config/send": answer }).read("send", wanted)).toEqual(expected);
});

test("why Core refuses to store one is told", async () => {
  const answer = { status: 400, body: { message: "Message malformed: required key" } };
  expect(await scriptsOf({ "config/script/config/send": answer }).write("send", {}, wanted)).toEqual({
    kind: "refused",
    reason: "Message malformed: required key",
  });
});

test("a Home Assistant that hangs keeps nobody from stopping", async () => {
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
