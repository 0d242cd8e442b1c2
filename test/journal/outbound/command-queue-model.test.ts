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

interface ModelSend {
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
  "the command queue behaves like a list in memory, seed %i",
  async (seed) => {
    const random = createRandom(seed);
    const file = join(folder, `${seed}.db`);
    const open = () => openTestStore(file, { messagesPerDay: LIMIT });
    let store = open();
    let now = 0;
    const commands = new Map<string, { sends: ModelSend[]; finished: boolean; fingerprint: string }>();
    const counted = (): number =>
      [...commands.values()]
        .flatMap(({ sends }) => sends)
        .filter(({ state, posted, at }) => at > now - DAY && (posted || state !== "done")).length;
    const openSends = () =>
      [...commands].flatMap(([id, { sends, finished }]) =>
        finished ? [] : sends.map((send, position) => ({ id, position, send })),
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
        const sends = recipients.map((): ModelSend => {
          free -= 1;
          return { state: free >= 0 ? "waiting" : "done", posted: false, at: now };
        });
        expect(added.kind === "added" ? added.command.deliveries.map(({ state }) => state) : []).toEqual(
          sends.map(({ state }) => state),
        );
        commands.set(requestId, { sends, finished: false, fingerprint });
      },
      async advance(): Promise<void> {
        const chosen = random.pick(openSends());
        if (chosen === undefined || chosen.send.state === "done") return;
        const { id, position, send } = chosen;
        const step = random.below(3);
        if (step === 0) {
          await store.commands.markPosting(id, position, now);
          Object.assign(send, { state: "posting", posted: true });
        } else if (step === 1) {
          await store.commands.markWaiting(id, position);
          Object.assign(send, { state: "waiting", posted: false });
        } else {
          const outcome = {
            kind: "accepted",
            sid: `${id}${position}`,
            status: "queued",
            segments: 1,
          } as const;
          await store.commands.markDone(id, position, recipientResult("+1", deliveryEndOf(outcome)));
          send.state = "done";
        }
      },
      async finish(): Promise<void> {
        for (const [requestId, command] of commands) {
          if (command.finished || command.sends.some(({ state }) => state !== "done")) continue;
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
      ).toEqual(expected.map(([id, { sends }]) => [id, sends.map(({ state }) => state)]));
    }
    expect(commands.size).toBeGreaterThan(20);
    store[Symbol.dispose]();
  },
);
