import { afterEach, beforeEach, vi } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import type { EventData } from "../../../src/domain/events/outgoing-event.ts";
import { createStatusWait } from "../../../src/outbound/delivery/await-status.ts";
import type { LookUpResult } from "../../../src/outbound/delivery/look-up-before-sending.ts";
import type {
  PreparedDelivery,
  DeliveryOutcome,
  MessageOrCall,
} from "../../../src/outbound/delivery/message-or-call.ts";
import { createCommandRunner } from "../../../src/outbound/delivery/run-commands.ts";
import { clockWith } from "../../clock-with.ts";
import { openTestStore } from "../../journal/open-test-store.ts";
import { commandOf } from "./command-of.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
export const ACCEPTED = { kind: "accepted", sid: "SM1", status: "queued", segments: 1 } as const;
export const AWAY: Extract<DeliveryOutcome, { readonly kind: "not_sent" }> = {
  kind: "not_sent",
  error: { code: "twilio_away", message: "Twilio cannot be reached", more_info: null },
  retryAfterMs: null,
};
export const DOUBT: DeliveryOutcome = {
  kind: "unknown",
  error: { code: "unknown_outcome", message: "?", more_info: null },
};

/** Gives each test of a file fake timers, so that minutes pass at once. */
export function useFalseTimers(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0, toFake: ["setTimeout", "clearTimeout", "setImmediate", "Date"] });
  });
  afterEach(() => void vi.useRealTimers());
}

type Found = Extract<DeliveryOutcome, { readonly kind: "accepted" }>;
type Unprepared = Exclude<PreparedDelivery, { readonly kind: "ready" }> | null;
type Answer = (request: MessageOrCall) => DeliveryOutcome | Promise<DeliveryOutcome>;

/**
 * Creates a runner of deliveries on a real journal. `answer` gives Twilio's answers. Timers fire `earlyMs` too early,
 * as those of Node may.
 */
export function runnerWith(
  answer: Answer,
  found: Found | null = null,
  earlyMs = 0,
  limits: Parameters<typeof openTestStore>[1] = {},
) {
  const store = openTestStore(":memory:", limits);
  const asked: string[] = [];
  const looked: string[] = [];
  let earlier: LookUpResult = "none";
  let preparing: (request: MessageOrCall) => Promise<Unprepared> = () => Promise.resolve(null);
  const clock = clockWith({
    wait: (ms, signal) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms - earlyMs);
        signal.addEventListener("abort", () => resolve());
      }),
  });
  const statusWait = createStatusWait({
    statuses: store.statuses,
    source: { statusOf: () => Promise.resolve(null) },
    askAfterMs: [60_000],
    clock,
  });
  const runner = createCommandRunner({
    journal: store.commands,
    evidence: store.deliveryEvidence,
    statuses: store.statuses,
    waits: statusWait,
    sender: {
      prepare: async (request) =>
        (await preparing(request)) ?? {
          kind: "ready",
          post: async (reference) => {
            asked.push(`${request.to} ${reference}`);
            return await answer(request);
          },
        },
    },
    sentLookUp: {
      lookUp(request) {
        looked.push(request.to);
        return Promise.resolve(found);
      },
    },
    lookUpBeforeSending: () => Promise.resolve(earlier),
    calledOff: () => null,
    reports: { noteRetry() {}, finished() {} },
    clock,
    chance: { ...SYSTEM_CHANCE, number: () => 0 },
    logger: SILENT,
  });
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    // Each commit starts the next one in another turn of the event loop, for which the fake clock needs a
    // millisecond.
    for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(1);
    return await work;
  };
  return {
    runner,
    statusWait,
    store,
    asked,
    looked,
    during,
    setPreparing: (prepare: typeof preparing) => void (preparing = prepare),
    setEarlier: (sent: LookUpResult) => void (earlier = sent),
    /** The results for Home Assistant after `ms` milliseconds. */
    async results(ms: number): Promise<EventData[]> {
      await vi.advanceTimersByTimeAsync(ms);
      await during(Promise.resolve());
      return (await during(store.eventLog.takeNext(99))).map(({ data }) => data);
    },
    async submit(...given: Parameters<typeof commandOf>): Promise<void> {
      const command = commandOf(...given);
      await during(store.commands.add(command, null));
      runner.start(command);
    },
    /** Stores the request, and starts its deliveries meanwhile. */
    async submitAtOnce(...given: Parameters<typeof commandOf>): Promise<void> {
      const command = commandOf(...given);
      const stored = store.commands
        .add(command, null)
        .then((added) => (added.kind === "added" ? added.command : null));
      runner.startWhileStored(
        command,
        stored.catch(() => null),
      );
      await during(stored);
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}
