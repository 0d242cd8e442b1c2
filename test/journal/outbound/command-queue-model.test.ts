import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Command } from "../../../src/outbound/delivery/command.ts";
import { deliveryEndOf, recipientResult } from "../../../src/outbound/delivery/result.ts";
import { commandOf } from "../../outbound/delivery/command-of.ts";
import { createRandom } from "../../random.ts";
import { openTestStore } from "../open-test-store.ts";

const OPERATIONS = 250;
const LIMIT = 12;
const DAY = 86_400_000;

interface ModelDelivery {
  state: "waiting" | "posting" | "done";
  posted: boolean;
  readonly at: number;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-model-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([11, 12, 13, 14, 15, 16])(
  "after random operations, the journal's queue of requests has the same content as a simple list in memory (seed %i)",
  async (seed) => {
    const random = createRandom(seed);
    const file = join(folder, `${seed}.db`);
    const open = () => openTestStore(file, { messagesPerDay: LIMIT });
    let store = open();
    let now = 0;
    const commands = new Map<
      string,
      { deliveries: ModelDelivery[]; finished: boolean; fingerprint: string }
    >();
    const counted = (): number =>
      [...commands.values()]
        .flatMap(({ deliveries }) => deliveries)
        .filter(({ state, posted, at }) => at > now - DAY && (posted || state !== "done")).length;
    const openDeliveries = () =>
      [...commands].flatMap(([id, { deliveries, finished }]) =>
        finished ? [] : deliveries.map((delivery, position) => ({ id, position, delivery })),
      );

    const actions = {
      async add(): Promise<void> {
        const requestId = `req_${random.below(60)}`;
        const fingerprint = random.pick(["a", "a", "a", "b"]);
        const recipients = Array.from({ length: 1 + random.below(4) }, (_none, index) => `+${index}`);
        const known = commands.get(requestId);
        let free = LIMIT - counted();
        const command: Command = { ...commandOf(recipients, { requestId, receivedAt: now }), fingerprint };
        const added = await store.commands.add(command, null);
        const repeated = { kind: "repeated", result: known?.finished === true ? { requestId } : null };
        const expected = known?.fingerprint === fingerprint ? repeated : { kind: "id_reused" };
        expect(known === undefined ? null : added).toEqual(known === undefined ? null : expected);
        if (known !== undefined) return;
        const deliveries = recipients.map((): ModelDelivery => {
          free -= 1;
          return { state: free >= 0 ? "waiting" : "done", posted: false, at: now };
        });
        expect(added.kind === "added" ? added.command.deliveries.map(({ state }) => state) : []).toEqual(
          deliveries.map(({ state }) => state),
        );
        commands.set(requestId, { deliveries, finished: false, fingerprint });
      },
      async advance(): Promise<void> {
        const chosen = random.pick(openDeliveries());
        if (chosen === undefined || chosen.delivery.state === "done") return;
        const { id, position, delivery } = chosen;
        const step = random.below(3);
        if (step === 0) {
          await store.commands.markPosting(id, { position, reference: `${id}-${position}` }, now);
          Object.assign(delivery, { state: "posting", posted: true });
        } else if (step === 1) {
          await store.commands.markWaiting(id, position);
          Object.assign(delivery, { state: "waiting", posted: false });
        } else {
          const outcome = {
            kind: "accepted",
            sid: `${id}${position}`,
            status: "queued",
            segments: 1,
          } as const;
          await store.commands.markDone(id, position, recipientResult("+1", deliveryEndOf(outcome)));
          delivery.state = "done";
        }
      },
      async finish(): Promise<void> {
        for (const [requestId, command] of commands) {
          if (command.finished || command.deliveries.some(({ state }) => state !== "done")) continue;
          const event = { type: "twilio_result", kind: null, data: { requestId } };
          await store.commands.finish(requestId, event, now);
          command.finished = true;
        }
      },
      crash(): Promise<void> {
        store[Symbol.dispose]();
        store = open();
        return Promise.resolve();
      },
      wait: (): Promise<void> => Promise.resolve(void (now += DAY / 4)),
    };
    const choices = [
      actions.add,
      actions.add,
      actions.advance,
      actions.advance,
      actions.advance,
      actions.finish,
    ];
    for (let count = 0; count < OPERATIONS; count += 1) {
      const rare = random.below(30);
      await (rare === 0 ? actions.crash : rare === 1 ? actions.wait : random.pick(choices))();
      const expected = [...commands].filter(([, { finished }]) => !finished);
      expect(
        store.commands
          .openCommands()
          .map(({ requestId, deliveries }) => [requestId, deliveries.map(({ state }) => state)]),
      ).toEqual(expected.map(([id, { deliveries }]) => [id, deliveries.map(({ state }) => state)]));
    }
    expect(commands.size).toBeGreaterThan(20);
    store[Symbol.dispose]();
  },
);
