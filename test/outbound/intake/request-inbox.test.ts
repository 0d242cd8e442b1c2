import { expect, test } from "vitest";

import { createRequestInbox } from "../../../src/outbound/intake/request-inbox.ts";
import type { InboxRequest, PendingRequest, RequestJournal } from "../../../src/outbound/ports.ts";
import { clockWith } from "../../clock-with.ts";
import { commandOf } from "../delivery/command-of.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const request = (name: string): InboxRequest => ({ kind: "event", data: { name } });

const storeIn =
  (rows: PendingRequest[]): RequestJournal["save"] =>
  async (stored, receivedAt) =>
    void rows.push({ seq: rows.length + 1, request: stored, receivedAt });

function startInbox(rows: PendingRequest[], homeAssistant = { running: true }, save = storeIn(rows)) {
  const accepted: string[] = [];
  const gate = Promise.withResolvers<void>();
  const inbox = createRequestInbox({
    homeAssistant,
    journal: {
      save,
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
  return { inbox, accepted, open: gate.resolve };
}

test("a request that came before Home Assistant ran is accepted only once, even if Home Assistant starts twice meanwhile", async () => {
  const { inbox, accepted, open } = startInbox([{ seq: 1, request: request("pending"), receivedAt: 0 }]);
  inbox.resume();
  inbox.resume();
  void inbox.receive(request("new"), "home_assistant");
  open();
  await inbox.settled();
  expect(accepted).toEqual(["pending", "new"]);
});

test("a request does not overtake an earlier request that is still being stored", async () => {
  const rows: PendingRequest[] = [];
  const homeAssistant = { running: false };
  const { inbox, accepted, open } = startInbox(rows, homeAssistant);
  open();
  void inbox.receive(request("first"), "home_assistant");
  void inbox.receive(request("second"), "home_assistant");
  homeAssistant.running = true;
  inbox.resume();
  void inbox.receive(request("third"), "home_assistant");
  await inbox.settled();
  expect(accepted).toEqual(["first", "second", "third"]);
});

test("a waiting request that fails does not block the other waiting requests", async () => {
  const rows = ["faulty", "good"].map((name, index) => ({
    seq: index + 1,
    request: request(name),
    receivedAt: 0,
  }));
  const { inbox, accepted, open } = startInbox(rows);
  open();
  inbox.resume();
  await inbox.settled();
  expect(accepted).toEqual(["good"]);
});

test("the promise of `receive` resolves only after the request has been stored", async () => {
  const rows: PendingRequest[] = [];
  const homeAssistant = { running: false };
  const { inbox, open } = startInbox(rows, homeAssistant);
  expect(await inbox.receive(request("waits"), "home_assistant")).toBe(true);
  expect(rows).toHaveLength(1);
  homeAssistant.running = true;
  let isStored: boolean | null = null;
  const stored = inbox.receive(request("runs"), "home_assistant").then((is) => (isStored = is));
  await new Promise(setImmediate);
  expect(isStored).toBeNull();
  open();
  await stored;
  expect(isStored).toBe(true);
  expect(await inbox.receive(request("faulty"), "home_assistant")).toBe(false);
});

test("while Home Assistant starts, an automation's request that could not be stored is sent later, a page's request never", async () => {
  const homeAssistant = { running: false };
  const fail = (): Promise<never> => Promise.reject(new Error("string or blob too big"));
  const { inbox, accepted, open } = startInbox([], homeAssistant, fail);
  open();
  expect(await inbox.receive(request("automation"), "home_assistant")).toBe(false);
  expect(await inbox.receive(request("page"), "page")).toBe(false);
  homeAssistant.running = true;
  inbox.resume();
  await inbox.settled();
  expect(accepted).toEqual(["automation"]);
});
