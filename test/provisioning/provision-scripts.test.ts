import { expect, test } from "vitest";

import { markScript } from "../../src/provisioning/own-script.ts";
import type { ScriptState } from "../../src/provisioning/own-script.ts";
import type { OwnScripts, ScriptEditor } from "../../src/provisioning/ports.ts";
import { provisionScripts } from "../../src/provisioning/provision-scripts.ts";
import type { ProvisionScriptsOptions } from "../../src/provisioning/provision-scripts.ts";
import { clockWith } from "../clock-with.ts";

const SEND = markScript("send", 2, { description: "Sends.", sequence: [] }, () => "0123456789");
const CALL = markScript("call", 2, { description: "Calls.", sequence: [] }, () => "0123456789");

/** A Home Assistant with both scripts in place, which differs by what is given; and what became of it. */
function house(
  given: Partial<ScriptEditor & OwnScripts>,
  clock = clockWith({ wait: () => Promise.resolve() }),
) {
  const written: string[] = [];
  const raised: string[] = [];
  const dismissed: string[] = [];
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const options: ProvisionScriptsOptions = {
    ownScripts: {
      list: () => Promise.resolve([SEND, CALL]),
      toYaml: (scripts) => Promise.resolve(`${scripts.map(({ id }) => id).join()}: yaml\n`),
      stateOf: () => ({ kind: "current" }),
      ...given,
    },
    editor: {
      read: (id) => Promise.resolve({ kind: "found", definition: { id } }),
      write(id) {
        written.push(id);
        return Promise.resolve({ kind: "stored" });
      },
      isLoaded: () => Promise.resolve(0),
      description: () => Promise.resolve(null),
      ...given,
    },
    notifications: {
      raise: ({ message }) => void raised.push(message),
      dismiss: (id) => void dismissed.push(id),
    },
    lookAgainMs: 5,
    loadMs: 10,
    loadPollMs: 5,
    clock,
    logger: { debug() {}, info: log, warning: log, error: log },
  };
  return { options, written, raised, dismissed, lines };
}

const run = (options: ProvisionScriptsOptions) => provisionScripts(options, new AbortController().signal);

test("what is in place is not written, and what was in trouble is cured", async () => {
  const { options, ...seen } = house({});
  await run(options);
  expect(seen).toEqual({ written: [], raised: [], dismissed: ["twilio_scripts"], lines: [] });
});

test.each([
  [{ kind: "newer" }, []],
  [{ kind: "foreign" }, []],
  [{ kind: "edited", version: 1 }, []],
  [{ kind: "outdated" }, ["send", "call"]],
] as const)("%j: written are %j", async (standing: ScriptState, expected) => {
  const { options, written } = house({ stateOf: () => standing });
  await run(options);
  expect(written).toEqual(expected);
});

test("Home Assistant away in between is tried again and no trouble", async () => {
  let failures = 3;
  const { options, written, raised } = house({
    stateOf: () => ({ kind: "outdated" }),
    isLoaded() {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error("away")) : Promise.resolve(0);
    },
  });
  await run(options);
  expect(written.toSorted()).toEqual(["call", "send"]);
  expect(raised).toEqual([]);
});

test("one in trouble is told while the other still runs, and only once", async () => {
  let looks = 0;
  const { options, written, raised, lines } = house({
    stateOf: (_stored, { id }) => ({ kind: id === "send" ? "outdated" : "foreign" }),
    isLoaded() {
      looks += 1;
      return Promise.resolve(looks < 5 ? 1 : 0);
    },
  });
  await run(options);
  expect(written).toEqual(["send"]);
  expect(raised).toHaveLength(1);
  expect(lines.filter((line) => line.includes("script.call"))).toHaveLength(1);
});

test("each kind of trouble has its advice, and what can be pasted its YAML", async () => {
  const { options, raised } = house({
    read: (id) =>
      Promise.resolve(
        id === "send" ? { kind: "refused", reason: "Message malformed" } : { kind: "unreadable" },
      ),
  });
  await run(options);
  expect(raised).toHaveLength(1);
  expect(raised[0]).toMatch(/refused script\.send: Message malformed\..*\n\nscript\.call.*HTTP 500/);
  expect(raised[0]?.endsWith("```yaml\nsend,call: yaml\n```")).toBe(true);
});

test("a foreign script's name is told without YAML", async () => {
  const { options, raised } = house({ stateOf: () => ({ kind: "foreign" }) });
  await run(options);
  expect(raised[0]).toMatch(/^script\.send and script\.call were not created by the app/);
  expect(raised[0]).not.toContain("yaml");
});

test("nothing is written any more once the connection is lost", async () => {
  const lost = new AbortController();
  const { options, written, raised, dismissed } = house(
    { isLoaded: () => Promise.resolve(1), stateOf: () => ({ kind: "outdated" }) },
    clockWith({
      wait() {
        lost.abort();
        return Promise.resolve();
      },
    }),
  );
  await provisionScripts(options, lost.signal);
  expect([written, raised, dismissed]).toEqual([[], [], []]);
});
