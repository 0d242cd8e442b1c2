import { expect, test } from "vitest";

import { createRequestInbox } from "../../../src/outbound/intake/request-inbox.ts";
import type { InboxRequest, PendingRequest } from "../../../src/outbound/ports.ts";
import { clockWith } from "../../clock-with.ts";
import { commandOf } from "../delivery/command-of.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const request = (name: string): InboxRequest => ({ kind: "event", data: { name } });

function hearingOf(rows: PendingRequest[], homeAssistant = { running: true }) {
  const accepted: string[] = [];
  const gate = Promise.withResolvers<void>();
  const hearing = createRequestInbox({
    homeAssistant,
    journal: {
      save: (heard, heardAt) =>
        Promise.resolve(void rows.push({ seq: rows.length + 1, request: heard, heardAt })),
      pending: () => [...rows],
      remove: () => Promise.resolve(),
    },
    acceptors: {
      notify: () => Promise.resolve(commandOf(["+1"], { requestId: "" })),
      async event({ name }) {
        if (name === "faulty") throw new Error("faulty");
        return commandOf(["+1"], { requestId: String(name) });
      },
    },
    async acceptCommand({ requestId }, seq) {
      accepted.push(requestId);
      await gate.promise;
      const index = rows.findIndex((row) => row.seq === seq);
      if (index !== -1) rows.splice(index, 1);
    },
    clock: clockWith({ now: () => 0 }),
    logger: SILENT,
  });
  return { hearing, accepted, open: gate.resolve };
}

test("what was kept is taken once, though Home Assistant comes back twice while it is being taken", async () => {
  const { hearing, accepted, open } = hearingOf([{ seq: 1, request: request("kept"), heardAt: 0 }]);
  hearing.resume();
  hearing.resume();
  void hearing.receive(request("new"));
  open();
  await hearing.settled();
  expect(accepted).toEqual(["kept", "new"]);
});

test("what is heard while an earlier one is being kept does not overtake it", async () => {
  const rows: PendingRequest[] = [];
  const homeAssistant = { running: false };
  const { hearing, accepted, open } = hearingOf(rows, homeAssistant);
  open();
  void hearing.receive(request("first"));
  void hearing.receive(request("second"));
  homeAssistant.running = true;
  hearing.resume();
  void hearing.receive(request("third"));
  await hearing.settled();
  expect(accepted).toEqual(["first", "second", "third"]);
});

test("one that cannot be taken does not keep the others", async () => {
  const rows = ["faulty", "good"].map((name, index) => ({
    seq: index + 1,
    request: request(name),
    heardAt: 0,
  }));
  const { hearing, accepted, open } = hearingOf(rows);
  open();
  hearing.resume();
  await hearing.settled();
  expect(accepted).toEqual(["good"]);
});

test("it says when a request is on disk, and not before", async () => {
  const rows: PendingRequest[] = [];
  const homeAssistant = { running: false };
  const { hearing, open } = hearingOf(rows, homeAssistant);
  expect(await hearing.receive(request("waits"))).toBe(true);
  expect(rows).toHaveLength(1);
  homeAssistant.running = true;
  let isKept: boolean | null = null;
  const kept = hearing.receive(request("runs")).then((is) => (isKept = is));
  await new Promise(setImmediate);
  expect(isKept).toBeNull();
  open();
  await kept;
  expect(isKept).toBe(true);
  expect(await hearing.receive(request("faulty"))).toBe(false);
});
