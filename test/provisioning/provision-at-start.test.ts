import { expect, test, vi } from "vitest";

import { provisionAtStart } from "../../src/provisioning/provision-at-start.ts";
import { clockWith } from "../clock-with.ts";

class AwayError extends Error {}

/** A Home Assistant that a test starts, and an app with one blueprint and no scripts. */
function house(list: (signal: AbortSignal) => Promise<ReadonlySet<string>>, scripts = async () => []) {
  const lines: string[] = [];
  const log =
    (level: string) =>
    (line: string): void =>
      void lines.push(`${level}: ${line}`);
  const logger = { debug: log("debug"), info: log("info"), warning: log("warning"), error: log("error") };
  const listeners = new Set<() => void>();
  const saved: string[] = [];
  const absent = () => Promise.reject(new Error("there is no script"));
  const provisioning = provisionAtStart({
    homeAssistant: {
      onRunning(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    scripts: {
      editor: { read: absent, write: absent, isLoaded: absent, description: absent },
      ownScripts: { list: scripts, stateOf: () => ({ kind: "current" }), toYaml: async () => "" },
      notifications: { raise() {}, dismiss() {} },
      lookAgainMs: 1,
      loadMs: 1,
      loadPollMs: 1,
      clock: clockWith({}),
      logger,
    },
    blueprints: {
      own: { names: async () => ["gate.yaml"], read: async () => "blueprint:" },
      store: {
        list,
        async save(path) {
          saved.push(path);
          return { kind: "saved" };
        },
      },
      logger,
    },
    isAway: (error) => error instanceof AwayError,
    logger,
  });
  return {
    start: () => listeners.forEach((tell) => tell()),
    saved,
    lines,
    [Symbol.asyncDispose]: () => provisioning[Symbol.asyncDispose](),
  };
}

test("everything is installed when Home Assistant has started, and nothing before", async () => {
  await using app = house(async () => new Set());
  const { start, saved } = app;
  expect(saved).toEqual([]);
  start();
  await vi.waitFor(() => expect(saved).toEqual(["twilio/gate.yaml"]));
});

test("blueprints are installed even if the scripts cannot be read", async () => {
  await using app = house(
    async () => new Set(),
    () => Promise.reject(new Error("no such folder")),
  );
  const { start, saved, lines } = app;
  start();
  await vi.waitFor(() => expect(saved).toEqual(["twilio/gate.yaml"]));
  expect(lines[0]).toBe(
    "error: The app's scripts could not be installed in Home Assistant: Error: no such folder",
  );
});

test.each([
  [
    new AwayError("away"),
    "debug: The app's blueprints could not be installed in Home Assistant: Error: away",
  ],
  [new Error("odd"), "error: The app's blueprints could not be installed in Home Assistant: Error: odd"],
])("%s during the installation of blueprints is logged as %s", async (thrown, line) => {
  await using app = house(() => Promise.reject(thrown));
  const { start, lines } = app;
  start();
  await vi.waitFor(() => expect(lines).toContain(line));
});

test("a new start cancels an unfinished installation", async () => {
  const signals: AbortSignal[] = [];
  const first = Promise.withResolvers<ReadonlySet<string>>();
  await using app = house((signal) => {
    signals.push(signal);
    return signals.length === 1 ? first.promise : Promise.resolve(new Set());
  });
  const { start, saved } = app;
  start();
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  start();
  expect(signals[0]?.aborted).toBe(true);
  first.resolve(new Set(["twilio/gate.yaml"]));
  await vi.waitFor(() => expect(saved).toEqual(["twilio/gate.yaml"]));
});

test("disposing ends the subscription, and waits for the open request", async () => {
  const answer = Promise.withResolvers<ReadonlySet<string>>();
  const app = house(() => answer.promise);
  const { start, saved } = app;
  start();
  const ended = app[Symbol.asyncDispose]();
  start();
  answer.resolve(new Set(["twilio/gate.yaml"]));
  await ended;
  expect(saved).toEqual([]);
});
