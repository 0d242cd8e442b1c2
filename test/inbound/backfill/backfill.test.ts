import { expect, test, vi } from "vitest";

import type { ListAnswer } from "../../../src/domain/list-answer.ts";
import { backfillMissedItems } from "../../../src/inbound/backfill/backfill.ts";
import type { MissedItem, OurNumber } from "../../../src/inbound/backfill/missed-item.ts";
import type { MissedItemsQuery as Query } from "../../../src/inbound/ports.ts";
import { clockWith } from "../../clock-with.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 10);
const HOLD = 20_000;
const SMS = { kind: "message", address: "+15005550006" } as const;
const CALLS = { kind: "call", address: "+15005550006" } as const;

const AWAY = { kind: "away" } as const;
const refused = (status: number) => ({ kind: "refused", status }) as const;
const listed = <Item>(...items: Item[]) => ({ kind: "listed", items }) as const;

const isForCalls = ({ kind }: OurNumber): boolean => kind === "call";

/** Made `age` before the app began to listen. */
function message(sid: string, age: number): MissedItem {
  return { kind: "message", sid, fields: {}, createdAt: new Date(START - age) };
}
function call(sid: string, age: number, status: string): MissedItem {
  return {
    kind: "incoming_call",
    sid,
    fields: { CallStatus: status },
    createdAt: new Date(START - age),
  };
}

/** What a test replaces. */
interface Overrides {
  readonly completedUntil?: number | null;
  readonly isKnown?: (sid: string) => boolean;
  readonly ourNumbers?: () => OurNumber[];
  readonly configuredNumbers?: () => Promise<ListAnswer<OurNumber>>;
  readonly receive?: (item: MissedItem) => Promise<boolean>;
}

/** Time passes only while the flow waits; `fetch` is Twilio, told how often a list was asked for before. */
function backfill(
  fetch: (query: Query, times: number) => ListAnswer<MissedItem> | Promise<ListAnswer<MissedItem>>,
  overrides: Overrides = {},
) {
  let time = START;
  const stop = new AbortController();
  const told: string[] = [];
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
        configuredNumbers:
          overrides.configuredNumbers ??
          (() => Promise.resolve(listed(...(overrides.ourNumbers?.() ?? []).filter(isForCalls)))),
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
            const isNew = !told.some((one) => one.startsWith(`${sid} `));
            if (isNew) told.push(`${sid} ${time - START}`);
            return Promise.resolve(isNew);
          }),
      },
      clock: clockWith({
        now: () => time,
        wait(ms) {
          time += ms;
          return Promise.resolve();
        },
      }),
      logger: { debug: log, info: log, warning: log, error: log },
    },
    stop.signal,
  );
  return { done, stop, told, lines, queries, caughtUp: saveCompletion, elapsed: () => time - START };
}

test("on a first start nothing is asked for, and the next start begins there", async () => {
  const { done, queries, caughtUp } = backfill(() => listed(), { completedUntil: null });
  await done;
  expect(queries).toEqual([]);
  expect(caughtUp.mock.calls).toEqual([[START]]);
});

test("goes back to a quarter of an hour before its last success, a day at most", async () => {
  const short = backfill(() => listed());
  const long = backfill(() => listed(), { completedUntil: START - 3 * DAY });
  await Promise.all([short.done, long.done]);
  expect(short.caughtUp.mock.calls).toEqual([[START]]);
  expect(short.queries[0]?.since).toEqual(new Date(START - 25 * MINUTE));
  expect(long.queries[0]?.since).toEqual(new Date(START - DAY));
});

test("what is clearly over is told at once, in order; what a webhook may be on its way for is held", async () => {
  const { done, told, caughtUp } = backfill(
    ({ kind }) =>
      kind === "message"
        ? listed(message("new", 59_000), message("old", 2 * MINUTE))
        : listed(
            call("talking", 4 * MINUTE, "in-progress"),
            call("just over", 1_000, "no-answer"),
            call("over", 5 * MINUTE, "completed"),
          ),
    { ourNumbers: () => [SMS, CALLS] },
  );
  await done;
  expect(told).toEqual(["over 0", "old 0", `talking ${HOLD}`, `new ${HOLD}`, `just over ${HOLD}`]);
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("the second reading tells what lagged behind and leaves what came since to its webhook", async () => {
  const { done, told } = backfill((_, times) =>
    times === 0 ? listed() : listed(message("since", -5_000), message("lagged", 5_000)),
  );
  await done;
  expect(told).toEqual([`lagged ${HOLD}`]);
});

test("of the same second, what Twilio lists last was first", async () => {
  const { done, told } = backfill(() => listed(message("second", 2 * MINUTE), message("first", 2 * MINUTE)));
  await done;
  expect(told).toEqual(["first 0", "second 0"]);
});

test("of more than 500 in all the newest are told, and that there are more is said once", async () => {
  const many = (prefix: string): MissedItem[] =>
    Array.from({ length: 300 }, (_, n) => message(`${prefix}${n}`, 2 * MINUTE + n * 1_000));
  const other = { kind: "message", address: "+15005550007" } as const;
  const { done, told, lines } = backfill(({ to }) => listed(...many(to === SMS.address ? "a" : "b")), {
    ourNumbers: () => [SMS, other],
  });
  await done;
  expect(told).toHaveLength(500);
  expect(told).toContain("a249 0");
  expect(told).not.toContain("a250 0");
  expect(lines.filter((line) => line.includes("More than 500"))).toHaveLength(1);
});

test("asks for hours while Twilio is away, and says so once", async () => {
  const { done, told, lines, caughtUp, elapsed } = backfill((_, times) =>
    times < 1_500 ? AWAY : listed(message("late", 2 * MINUTE)),
  );
  await done;
  expect(elapsed()).toBeGreaterThan(10 * 3_600_000);
  expect(told).toHaveLength(1);
  expect(lines.filter((line) => line.includes("trying again"))).toHaveLength(1);
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("what one list has is told at once while another is away, and only the other is asked again", async () => {
  const { done, told, queries } = backfill(
    ({ kind }, times) => {
      if (kind === "message") return listed(message("text", 2 * MINUTE));
      return times < 5 ? AWAY : listed(call("call", 3 * MINUTE, "no-answer"));
    },
    { ourNumbers: () => [CALLS, SMS] },
  );
  await done;
  expect(told).toEqual(["text 0", expect.stringMatching(/^call \d{5,}$/)]);
  expect(queries.filter(({ kind }) => kind === "message")).toHaveLength(2);
  expect(queries.filter(({ kind }) => kind === "call")).toHaveLength(7);
});

test("a list that is refused is said once without its number, and given up", async () => {
  const { done, lines, queries, caughtUp } = backfill(
    ({ kind }) => (kind === "call" ? refused(401) : listed()),
    { ourNumbers: () => [CALLS, SMS] },
  );
  await done;
  expect(lines).toEqual([expect.stringMatching(/^Twilio refused to list the calls to \+15…06 \(HTTP 401\)/)]);
  expect(queries.filter(({ kind }) => kind === "call")).toHaveLength(1);
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("what the first reading held is told even if the next one is refused", async () => {
  const { done, told } = backfill((_, times) => (times === 1 ? refused(401) : listed(message("new", 1_000))));
  await done;
  expect(told).toEqual([expect.stringMatching(/^new [1-9]/)]);
});

test("where Twilio refuses everything, the next start tries again", async () => {
  const { done, caughtUp } = backfill(() => refused(401), {
    configuredNumbers: () => Promise.resolve(refused(401)),
  });
  await done;
  expect(caughtUp).not.toHaveBeenCalled();
});

test("the account's numbers are asked for until they are known; those that were heard do not wait for that", async () => {
  let times = 0;
  const { done, told, queries } = backfill(
    ({ to }) => listed(message(to === SMS.address ? "heard" : "pointed", 2 * MINUTE)),
    {
      configuredNumbers: () =>
        Promise.resolve((times += 1) < 4 ? AWAY : listed(SMS, { ...SMS, address: "+15005550007" })),
    },
  );
  await done;
  expect(told).toEqual(["heard 0", expect.stringMatching(/^pointed [1-9]/)]);
  expect(queries).toHaveLength(4);
});

test("a key that may not read the account's numbers still gets what came to those that were heard", async () => {
  const { done, told, lines, caughtUp } = backfill(() => listed(message("heard", 2 * MINUTE)), {
    configuredNumbers: () => Promise.resolve(refused(401)),
  });
  await done;
  expect(told).toEqual(["heard 0"]);
  expect(lines[0]).toContain("refused to list the account's numbers");
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("ends at once when it is stopped, though Twilio does not answer, and is not complete", async () => {
  let answer: (answer: ListAnswer<MissedItem>) => void = () => {};
  const { done, stop, queries, told, caughtUp } = backfill(
    () => new Promise((resolve) => (answer = resolve)),
  );
  await vi.waitFor(() => expect(queries).toHaveLength(1));
  stop.abort();
  await done;
  answer(listed(message("too late", 2 * MINUTE)));
  await new Promise(setImmediate);
  expect(told).toEqual([]);
  expect(caughtUp).not.toHaveBeenCalled();
});

test("what cannot be kept is fetched again", async () => {
  const receive = vi
    .fn<() => Promise<boolean>>(() => Promise.resolve(true))
    .mockRejectedValueOnce(new Error("disk full"));
  const { done, lines, caughtUp } = backfill(() => listed(message("one", 2 * MINUTE)), { receive });
  await done;
  expect(receive.mock.calls.length).toBeGreaterThan(1);
  expect(lines[0]).toContain("cannot be kept");
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("calls are fetched only for numbers whose address for calls is ours", async () => {
  const { done, queries } = backfill(() => listed(), {
    ourNumbers: () => [SMS, CALLS],
    configuredNumbers: () => Promise.resolve(listed(SMS)),
  });
  await done;
  expect(queries.map(({ kind }) => kind)).toEqual(["message", "message"]);
});

test("what is known is passed over and does not count", async () => {
  const known = Array.from({ length: 600 }, (_, n) => message(`known${n}`, 2 * MINUTE));
  const { done, told, lines } = backfill(() => listed(...known, message("new", 3 * MINUTE)), {
    isKnown: (sid) => sid.startsWith("known"),
  });
  await done;
  expect(told).toEqual(["new 0"]);
  expect(lines.join()).not.toContain("More than");
});
