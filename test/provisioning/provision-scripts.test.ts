import { expect, test } from "vitest";

import { englishWords } from "../../src/domain/notification.ts";
import { markScript } from "../../src/provisioning/own-script.ts";
import type { ScriptState } from "../../src/provisioning/own-script.ts";
import type { OwnScripts, ScriptEditor } from "../../src/provisioning/ports.ts";
import { provisionScripts } from "../../src/provisioning/provision-scripts.ts";
import type { ProvisionScriptsOptions } from "../../src/provisioning/provision-scripts.ts";
import { clockWith } from "../clock-with.ts";

const SEND = markScript("send", 2, { description: "Sends.", sequence: [] }, () => "0123456789");
const CALL = markScript("call", 2, { description: "Calls.", sequence: [] }, () => "0123456789");

/** A Home Assistant with both scripts installed; `given` replaces methods. Records what is written, raised and logged. */
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
      raise: (notification) => void raised.push(englishWords(notification).message),
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

const run = (options: ProvisionScriptsOptions) =>
  provisionScripts(options, "en", new AbortController().signal);

test("if the scripts are installed already, the app writes none and removes the notification about problems", async () => {
  const { options, ...recorded } = house({});
  await run(options);
  expect(recorded).toEqual({ written: [], raised: [], dismissed: ["twilio_scripts"], lines: [] });
});

test.each([
  [{ kind: "newer" }, []],
  [{ kind: "foreign" }, []],
  [{ kind: "edited", version: 1 }, []],
  [{ kind: "outdated" }, ["send", "call"]],
] as const)(
  "if the scripts in Home Assistant are %j, the app writes the scripts %j",
  async (state: ScriptState, expected) => {
    const { options, written } = house({ stateOf: () => state });
    await run(options);
    expect(written).toEqual(expected);
  },
);

test("if Home Assistant cannot be reached for a while, the app tries again and reports no problem with the scripts", async () => {
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

test("a problem with a script is reported once, even while another script is still running", async () => {
  let checks = 0;
  const { options, written, raised, lines } = house({
    stateOf: (_stored, { id }) => ({ kind: id === "send" ? "outdated" : "foreign" }),
    isLoaded() {
      checks += 1;
      return Promise.resolve(checks < 5 ? 1 : 0);
    },
  });
  await run(options);
  expect(written).toEqual(["send"]);
  expect(raised).toHaveLength(1);
  expect(lines.filter((line) => line.includes("script.call"))).toHaveLength(1);
});

test("one notification says what to do about a refused and an unreadable script, and contains the YAML of both", async () => {
  const { options, raised } = house({
    read: (id) =>
      Promise.resolve(
        id === "send" ? { kind: "refused", reason: "Message malformed" } : { kind: "unreadable" },
      ),
  });
  await run(options);
  expect(raised).toHaveLength(1);
  expect(raised[0]).toMatch(
    /refused script\.send: Message malformed\..*\n\nThe app cannot add script\.call .*HTTP 500/,
  );
  expect(raised[0]?.endsWith("```yaml\nsend,call: yaml\n```")).toBe(true);
});

test("the notification about a script of somebody else with the same name contains no YAML", async () => {
  const { options, raised } = house({ stateOf: () => ({ kind: "foreign" }) });
  await run(options);
  expect(raised[0]).toMatch(/^script\.send and script\.call were not created by the app/);
  expect(raised[0]).not.toContain("yaml");
});

test("a script that the user has pasted by hand counts as the app's script, in every language", async () => {
  const { options, raised } = house({
    read: () => Promise.resolve({ kind: "unreadable" }),
    description: () => Promise.resolve("Sendet. (Von der App, Version 2 · 01234567. Mehr.)"),
  });
  await run(options);
  expect(raised).toEqual([]);
});

test("the app writes no scripts after the connection to Home Assistant is lost", async () => {
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
  await provisionScripts(options, "en", lost.signal);
  expect([written, raised, dismissed]).toEqual([[], [], []]);
});
