import { setImmediate } from "node:timers/promises";

import { expect, test, vi } from "vitest";

import { provisionAtStart } from "../../src/provisioning/provision-at-start.ts";
import { clockWith } from "../clock-with.ts";

class AwayError extends Error {}

type Forms = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** A Home Assistant that a test starts, and an app with one blueprint and no scripts. */
function house(list: (signal: AbortSignal) => Promise<Forms>, scripts = async () => []) {
  const lines: string[] = [];
  const log =
    (level: string) =>
    (line: string): void =>
      void lines.push(`${level}: ${line}`);
  const logger = { debug: log("debug"), info: log("info"), warning: log("warning"), error: log("error") };
  const running = new Set<(house: { language: string }) => void>();
  const changed = new Set<(house: { language: string }) => void>();
  const saved: string[] = [];
  const written: string[] = [];
  const absent = () => Promise.reject(new Error("there is no script"));
  const provisioning = provisionAtStart({
    homeAssistant: {
      onRunning(listener) {
        running.add(listener);
        return () => void running.delete(listener);
      },
      onChanged(listener) {
        changed.add(listener);
        return () => void changed.delete(listener);
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
      own: { list: async () => [{ name: "gate.yaml", form: { name: "Twilio: voicemail" }, body: {} }] },
      store: {
        list,
        async add(path, yaml) {
          saved.push(path);
          written.push(yaml);
          return { kind: "saved" };
        },
        replace: absent,
        readAgain: absent,
        substitute: absent,
        isUsed: absent,
      },
      logger,
    },
    languagesFor: (language) => ({ forms: language, speech: language }),
    isAway: (error) => error instanceof AwayError,
    logger,
  });
  return {
    start: () => running.forEach((tell) => tell({ language: "en" })),
    change: (language: string) => changed.forEach((tell) => tell({ language })),
    saved,
    written,
    lines,
    [Symbol.asyncDispose]: () => provisioning[Symbol.asyncDispose](),
  };
}

test("the scripts and blueprints are installed when Home Assistant has started, and nothing is installed before", async () => {
  await using app = house(async () => new Map());
  const { start, saved } = app;
  expect(saved).toEqual([]);
  start();
  await vi.waitFor(() => expect(saved).toEqual(["twilio/gate.yaml"]));
});

test("the blueprints are installed after the scripts, because automations from blueprints call the scripts", async () => {
  const steps: string[] = [];
  await using app = house(
    async () => {
      steps.push("blueprints begin");
      return new Map();
    },
    async () => {
      steps.push("scripts begin");
      await setImmediate();
      steps.push("scripts end");
      return [];
    },
  );
  app.start();
  await vi.waitFor(() => expect(app.saved).toEqual(["twilio/gate.yaml"]));
  expect(steps).toEqual(["scripts begin", "scripts end", "blueprints begin"]);
});

test("the blueprints are installed even if the app cannot read the scripts", async () => {
  await using app = house(
    async () => new Map(),
    () => Promise.reject(new Error("no such folder")),
  );
  const { start, saved, lines } = app;
  start();
  await vi.waitFor(() => expect(saved).toEqual(["twilio/gate.yaml"]));
  expect(lines[0]).toBe(
    "error: The app's scripts could not be installed in Home Assistant. The app tries again when it connects next time. The error was: Error: no such folder",
  );
});

test.each([
  [
    new AwayError("away"),
    "debug: The app's blueprints could not be installed in Home Assistant. The app tries again when it connects next time. The error was: Error: away",
  ],
  [
    new Error("odd"),
    "error: The app's blueprints could not be installed in Home Assistant. The app tries again when it connects next time. The error was: Error: odd",
  ],
])('during the installation of blueprints, the error "%s" is logged as "%s"', async (thrown, line) => {
  await using app = house(() => Promise.reject(thrown));
  const { start, lines } = app;
  start();
  await vi.waitFor(() => expect(lines).toContain(line));
});

test("if Home Assistant restarts during an installation, the app cancels the installation and begins again", async () => {
  const signals: AbortSignal[] = [];
  const first = Promise.withResolvers<Forms>();
  await using app = house((signal) => {
    signals.push(signal);
    return signals.length === 1 ? first.promise : Promise.resolve(new Map());
  });
  const { start, saved } = app;
  start();
  await vi.waitFor(() => expect(signals).toHaveLength(1));
  start();
  expect(signals[0]?.aborted).toBe(true);
  first.resolve(new Map([["twilio/gate.yaml", {}]]));
  await vi.waitFor(() => expect(saved).toEqual(["twilio/gate.yaml"]));
});

test("if Home Assistant's language changes, everything is installed in the new language, and other changes install nothing", async () => {
  await using app = house(async () => new Map());
  app.start();
  await vi.waitFor(() => expect(app.written).toEqual(['{"blueprint": {"name": "Twilio: voicemail"}}']));
  app.change("en");
  app.change("de");
  await vi.waitFor(() => expect(app.written).toHaveLength(2));
  expect(app.written[1]).toBe('{"blueprint": {"name": "Twilio: Anrufbeantworter"}}');
});

test("when the app stops, it waits for its open request about blueprints and installs no further ones", async () => {
  const answer = Promise.withResolvers<Forms>();
  const app = house(() => answer.promise);
  const { start, saved } = app;
  start();
  const ended = app[Symbol.asyncDispose]();
  start();
  answer.resolve(new Map([["twilio/gate.yaml", {}]]));
  await ended;
  expect(saved).toEqual([]);
});
