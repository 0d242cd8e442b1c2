import { vi } from "vitest";

import type { ListAnswer } from "../../../src/domain/list-answer.ts";
import { backfillMissedItems } from "../../../src/inbound/backfill/backfill.ts";
import type { MissedItem, OurNumber } from "../../../src/inbound/backfill/missed-item.ts";
import type { MissedItemsQuery as Query } from "../../../src/inbound/ports.ts";
import { clockWith } from "../../clock-with.ts";

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const START = Date.UTC(2026, 0, 10);
export const HOLD = 20_000;
export const SMS = { kind: "message", address: "+15005550006" } as const;
export const CALLS = { kind: "call", address: "+15005550006" } as const;

export const AWAY = { kind: "away" } as const;
/** The answer of Twilio that refuses a list with this HTTP status. */
export const refused = (status: number) => ({ kind: "refused", status }) as const;
/** The answer of Twilio with these items of a list. */
export const listed = <Item>(...items: Item[]) => ({ kind: "listed", items }) as const;

const isForCalls = ({ kind }: OurNumber): boolean => kind === "call";

/** A message that Twilio created `age` milliseconds before the app began to listen. */
export function message(sid: string, age: number): MissedItem {
  return { kind: "message", sid, fields: {}, createdAt: new Date(START - age) };
}
/** An incoming call that began `age` milliseconds before the app began to listen. */
export function call(sid: string, age: number, status: string): MissedItem {
  return {
    kind: "incoming_call",
    sid,
    fields: { CallStatus: status },
    createdAt: new Date(START - age),
  };
}

/** Parts that a test replaces. */
interface Overrides {
  readonly completedUntil?: number | null;
  readonly isFirstStart?: boolean;
  /**
   * How far Twilio's clock is ahead of the machine's, in milliseconds, `elapsed`: the milliseconds since the
   * backfill began. `answers`: how often Twilio has answered it.
   */
  readonly aheadMs?: (state: { readonly elapsed: number; readonly answers: number }) => number;
  readonly isKnown?: (sid: string) => boolean;
  readonly ourNumbers?: () => OurNumber[];
  readonly configuredNumbers?: () => Promise<ListAnswer<OurNumber>>;
  readonly receive?: (item: MissedItem) => Promise<boolean>;
}

/**
 * Runs a backfill. Time passes only while it waits. `fetch` reads from Twilio, and `times` is how often the list was
 * read before.
 */
export function backfill(
  fetch: (query: Query, times: number) => ListAnswer<MissedItem> | Promise<ListAnswer<MissedItem>>,
  overrides: Overrides = {},
) {
  let time = START;
  let answers = 0;
  const stop = new AbortController();
  const found: string[] = [];
  const lines: string[] = [];
  const queries: Query[] = [];
  const log = (line: string): void => void lines.push(line);
  const saveCompletion = vi.fn<(until: number) => Promise<void>>(() => Promise.resolve());
  const done = backfillMissedItems(
    {
      progress: {
        completedUntil: () =>
          overrides.completedUntil === undefined ? START - 10 * MINUTE : overrides.completedUntil,
        saveCompletion,
      },
      store: { isKnown: overrides.isKnown ?? (() => false) },
      ourNumbers: { numbers: overrides.ourNumbers ?? (() => [SMS]) },
      missedItems: {
        async configuredNumbers() {
          const ours = overrides.ourNumbers?.() ?? [];
          const answer = (await overrides.configuredNumbers?.()) ?? listed(...ours.filter(isForCalls));
          answers += 1;
          return answer;
        },
        fetch: async (query) => {
          const times = queries.filter(({ kind, to }) => kind === query.kind && to === query.to).length;
          queries.push(query);
          return await fetch(query, times);
        },
      },
      receiver: {
        receiveFetchedItem:
          overrides.receive ??
          (({ sid }) => {
            const isNew = !found.some((one) => one.startsWith(`${sid} `));
            if (isNew) found.push(`${sid} ${time - START}`);
            return Promise.resolve(isNew);
          }),
      },
      isFirstStart: overrides.isFirstStart ?? false,
      twilioClock: { aheadMs: () => overrides.aheadMs?.({ elapsed: time - START, answers }) ?? 0 },
      clock: clockWith({
        now: () => time,
        monotonic: () => time,
        wait(ms) {
          time += ms;
          return Promise.resolve();
        },
      }),
      logger: { debug: log, info: log, warning: log, error: log },
    },
    stop.signal,
  );
  return { done, stop, found, lines, queries, caughtUp: saveCompletion, elapsed: () => time - START };
}
