import { describe, expect, test } from "vitest";

import type { EventData, OutgoingEvent } from "../../../src/domain/events/outgoing-event.ts";
import type { AnyCommand } from "../../../src/outbound/delivery/command.ts";
import { createCommandAcceptor } from "../../../src/outbound/intake/accept-command.ts";
import type { AcceptCommandOptions } from "../../../src/outbound/intake/accept-command.ts";
import { createRequestEventAcceptor } from "../../../src/outbound/intake/accept-request-event.ts";
import { createResultReport } from "../../../src/outbound/intake/report-result.ts";
import { createRequestInbox } from "../../../src/outbound/intake/request-inbox.ts";
import type { EventFirer, ResultLog } from "../../../src/outbound/ports.ts";
import { clockWith } from "../../clock-with.ts";
import { commandOf } from "../delivery/command-of.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const FAILED = { ok: false, error: { code: "app_failed" } };
const fail = (): Promise<never> => Promise.reject(new Error("EMFILE: too many open files"));

describe("whatever fails inside the app, a request of an automation gets a result:", () => {
  test.each<[string, EventData]>([
    ["a message", { command: "send_message", payload: { to: "+12125550123", message: "hi" } }],
    ["a call", { command: "make_call", payload: { to: "+12125550123", say: "hi" } }],
    ["a step", { command: "talk", payload: { call: "CA1", forward_to: "+12125550123" } }],
  ])("if an unexpected error happens while the app reads %s", async (_what, data) => {
    const results: EventData[] = [];
    const accept = createRequestEventAcceptor({
      makeCommand: fail,
      resolveRecipient: () => Promise.reject(new Error("not used")),
      makeTalkCommand: fail,
      defaultSender: null,
      language: () => "en-US",
      homeAssistant: { info: null },
      commands: { findExisting: () => null },
      requests: { pending: () => [] },
      results: { report: (reported) => Promise.resolve(void results.push(reported)) },
      newRequestId: () => "new",
      hash: (text) => text,
      logger: SILENT,
    });
    expect(await accept({ request_id: "req", ...data }, 0)).toBeNull();
    expect(await accept(data, 0)).toBeNull();
    expect(results).toMatchObject([
      { request_id: "req", ...FAILED },
      { request_id: "new", ...FAILED },
    ]);
  });

  function acceptorWith(
    add: AcceptCommandOptions["commands"]["add"],
    findExisting: AcceptCommandOptions["commands"]["findExisting"] = () => null,
    pending: AcceptCommandOptions["requests"]["pending"] = () => [],
  ) {
    const results: EventData[] = [];
    const started: AnyCommand[] = [];
    const accept = createCommandAcceptor({
      commands: { add, findExisting },
      requests: { pending },
      steps: { add: fail },
      results: { report: (reported) => Promise.resolve(void results.push(reported)) },
      runner: {
        startWhileStored: (_command, stored) =>
          void stored.then((command) => (command === null ? 0 : started.push(command))),
      },
      startStep: (command) => void started.push(command),
      notifications: { raise() {}, dismiss() {} },
      clock: clockWith({ now: () => 0 }),
      logger: SILENT,
    });
    return { accept, results, started };
  }

  test("if the journal cannot store the request, and then nothing is sent", async () => {
    const { accept, results, started } = acceptorWith(fail);
    await accept(commandOf(["+1"], { requestId: "req" }), null);
    expect(results).toMatchObject([{ request_id: "req", ...FAILED }]);
    expect(started).toEqual([]);
  });

  test.each<[string, EventData | null, EventData[]]>([
    ["is running: its result comes later", null, []],
    ["has ended: with its result", { ok: true }, [{ ok: true }]],
  ])(
    "but no failure if the journal has already stored the request, which %s",
    async (_, result, reported) => {
      const { accept, results, started } = acceptorWith(fail, () => ({ result }));
      await accept(commandOf(["+1"], { requestId: "req" }), null);
      expect(results).toEqual(reported);
      expect(started).toEqual([]);
    },
  );

  test("but only later if an equal request still waits to be stored, because that one may still be sent", async () => {
    const request = { kind: "event", data: { request_id: "req" } } as const;
    const pending = () => [{ seq: 1, receivedAt: -5_000, request }];
    const { accept, results } = acceptorWith(fail, () => null, pending);
    await accept(commandOf(["+1"], { requestId: "req" }), null);
    expect(results).toEqual([]);
    await accept(commandOf(["+1"], { requestId: "other" }), null);
    expect(results).toMatchObject([{ request_id: "other", ...FAILED }]);
  });

  test("but only later if the request itself still waits to be stored, because it may still be sent", async () => {
    const { accept, results } = acceptorWith(fail);
    await expect(accept(commandOf(["+1"], { requestId: "req" }), 7)).rejects.toThrow("EMFILE");
    expect(results).toEqual([]);
  });

  test("without being stored first, if the journal cannot store the result either", async () => {
    const fired: OutgoingEvent[] = [];
    const event = { type: "twilio_result", kind: null, data: { request_id: "req" } } as const;
    const fire = (type: string, data: EventData) =>
      Promise.resolve(void fired.push({ type, kind: null, data }));
    const report = (save: ResultLog["report"], fireEvent: EventFirer["fireEvent"]) =>
      createResultReport({
        log: { report: save },
        homeAssistant: { fireEvent },
        onReported() {},
      }).report(event.data, 0);
    await report(() => Promise.resolve(), fire);
    expect(fired).toEqual([]);
    await report(fail, fire);
    expect(fired).toEqual([event]);
    await expect(report(fail, fail)).rejects.toThrow("EMFILE");
  });

  test("as soon as Home Assistant runs, if the journal could not store the request earlier", async () => {
    const homeAssistant = { running: false };
    const accepted: string[] = [];
    const hearing = createRequestInbox({
      homeAssistant,
      journal: { save: fail, pending: () => [], remove: () => Promise.resolve() },
      acceptors: {
        notify: fail,
        event: (data) => Promise.resolve(commandOf(["+1"], { requestId: String(data["id"]) })),
      },
      acceptCommand: ({ requestId }) => Promise.resolve(void accepted.push(requestId)),
      clock: clockWith({ now: () => 0 }),
      logger: SILENT,
    });
    expect(await hearing.receive({ kind: "event", data: { id: "first" } }, "home_assistant")).toBe(false);
    homeAssistant.running = true;
    hearing.resume();
    expect(await hearing.receive({ kind: "event", data: { id: "second" } }, "home_assistant")).toBe(true);
    hearing.resume();
    await hearing.settled();
    expect(accepted).toEqual(["first", "second"]);
  });
});
