import { expect, test, vi } from "vitest";

import type { ListAnswer } from "../../../src/domain/list-answer.ts";
import type { MissedItem } from "../../../src/inbound/backfill/missed-item.ts";
import {
  MINUTE,
  DAY,
  START,
  HOLD,
  SMS,
  CALLS,
  AWAY,
  refused,
  listed,
  message,
  call,
  backfill,
} from "./run-test-backfill.ts";

test.each([
  ["a first start", true, START],
  ["a start after a lost journal", false, START - 15 * MINUTE],
])(
  "%s reads none of Twilio's lists, and the next two backfills read only what that start allows",
  async (_title, isFirstStart, from) => {
    const first = backfill(() => listed(), { completedUntil: null, isFirstStart });
    await first.done;
    expect(first.queries).toEqual([]);
    const completedUntil = first.caughtUp.mock.calls[0]?.[0] ?? null;
    const following = backfill(() => listed(), { completedUntil });
    await following.done;
    const third = backfill(() => listed(), {
      completedUntil: following.caughtUp.mock.calls[0]?.[0] ?? null,
    });
    await third.done;
    // Another receiver, such as Core's own integration, got the messages from before a first start.
    for (const { queries } of [following, third]) expect(queries[0]?.since).toEqual(new Date(from));
  },
);

test("a backfill reads from 15 minutes before the last complete backfill, but at most one day back", async () => {
  const short = backfill(() => listed());
  const long = backfill(() => listed(), { completedUntil: START - 3 * DAY });
  await Promise.all([short.done, long.done]);
  expect(short.caughtUp.mock.calls).toEqual([[START]]);
  expect(short.queries[0]?.since).toEqual(new Date(START - 25 * MINUTE));
  expect(long.queries[0]?.since).toEqual(new Date(START - DAY));
});

test("a backfill reads by Twilio's clock, and passes on times by the machine's clock, which may be wrong", async () => {
  const aheadMs = -20 * MINUTE;
  const received: number[] = [];
  const wrong = backfill(() => listed(call("CA1", 25 * MINUTE, "no-answer")), {
    aheadMs: () => aheadMs,
    completedUntil: START + aheadMs - 10 * MINUTE,
    receive({ createdAt }) {
      received.push(createdAt.getTime() - START);
      return Promise.resolve(received.length === 1);
    },
  });
  await wrong.done;
  expect(wrong.queries[0]?.since).toEqual(new Date(START + aheadMs - 25 * MINUTE));
  expect(received[0]).toBe(-5 * MINUTE);
  expect(wrong.caughtUp).toHaveBeenCalledExactlyOnceWith(START + aheadMs);
});

test("a backfill is not limited by a wrong clock of the machine, which it knows after Twilio's first answer", async () => {
  const aheadMs = -3 * DAY;
  const wrong = backfill(() => listed(), {
    aheadMs: ({ answers }) => (answers > 0 ? aheadMs : 0),
    completedUntil: START + aheadMs - 10 * MINUTE,
  });
  await wrong.done;
  expect(wrong.queries[0]?.since).toEqual(new Date(START + aheadMs - 25 * MINUTE));
});

test.each([20 * MINUTE, -20 * MINUTE])(
  "a first start with a wrong clock stores the time by Twilio's clock as soon as Twilio has answered the app: %i",
  async (aheadMs) => {
    const first = backfill(() => listed(), {
      aheadMs: ({ elapsed }) => (elapsed >= 10_000 ? aheadMs : 0),
      completedUntil: null,
      isFirstStart: true,
    });
    await first.done;
    const saved = first.caughtUp.mock.calls.map(([until]) => until - 15 * MINUTE);
    expect(saved).toEqual([START, START + aheadMs]);
  },
);

test("the first read of a backfill receives messages and ended calls that are older than a minute, and the second read receives the others", async () => {
  const { done, found, caughtUp } = backfill(
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
  expect(found).toEqual(["over 0", "old 0", `talking ${HOLD}`, `new ${HOLD}`, `just over ${HOLD}`]);
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("the second read of a backfill receives items that Twilio listed late, and leaves newer items to their webhooks", async () => {
  const { done, found } = backfill((_, times) =>
    times === 0 ? listed() : listed(message("since", -5_000), message("lagged", 5_000)),
  );
  await done;
  expect(found).toEqual([`lagged ${HOLD}`]);
});

test("if items in Twilio's list have the same time, the backfill receives the last one of them first", async () => {
  const { done, found } = backfill(() => listed(message("second", 2 * MINUTE), message("first", 2 * MINUTE)));
  await done;
  expect(found).toEqual(["first 0", "second 0"]);
});

test("if more than 500 items were missed, the backfill receives the newest 500, and logs once that it left out the rest", async () => {
  const many = (prefix: string): MissedItem[] =>
    Array.from({ length: 300 }, (_, n) => message(`${prefix}${n}`, 2 * MINUTE + n * 1_000));
  const other = { kind: "message", address: "+15005550007" } as const;
  const { done, found, lines } = backfill(({ to }) => listed(...many(to === SMS.address ? "a" : "b")), {
    ourNumbers: () => [SMS, other],
  });
  await done;
  expect(found).toHaveLength(500);
  expect(found).toContain("a249 0");
  expect(found).not.toContain("a250 0");
  expect(lines.filter((line) => line.includes("More than 500"))).toHaveLength(1);
});

test("a backfill retries for hours while Twilio is unreachable, and logs that once", async () => {
  const { done, found, lines, caughtUp, elapsed } = backfill((_, times) =>
    times < 1_500 ? AWAY : listed(message("late", 2 * MINUTE)),
  );
  await done;
  expect(elapsed()).toBeGreaterThan(10 * 3_600_000);
  expect(found).toHaveLength(1);
  expect(lines.filter((line) => line.includes("tries again"))).toHaveLength(1);
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("if Twilio cannot answer for one of a backfill's lists, the items of the others are received, and only that list is read again", async () => {
  const { done, found, queries } = backfill(
    ({ kind }, times) => {
      if (kind === "message") return listed(message("text", 2 * MINUTE));
      return times < 5 ? AWAY : listed(call("call", 3 * MINUTE, "no-answer"));
    },
    { ourNumbers: () => [CALLS, SMS] },
  );
  await done;
  expect(found).toEqual(["text 0", expect.stringMatching(/^call \d{5,}$/)]);
  expect(queries.filter(({ kind }) => kind === "message")).toHaveLength(2);
  expect(queries.filter(({ kind }) => kind === "call")).toHaveLength(7);
});

test("if Twilio refuses a list to a backfill, the refusal is logged once, without the full number, and the list is not read again", async () => {
  const { done, lines, queries, caughtUp } = backfill(
    ({ kind }) => (kind === "call" ? refused(401) : listed()),
    { ourNumbers: () => [CALLS, SMS] },
  );
  await done;
  expect(lines).toEqual([expect.stringMatching(/^Twilio refused to list the calls to \+15…06 \(HTTP 401\)/)]);
  expect(queries.filter(({ kind }) => kind === "call")).toHaveLength(1);
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("items that the first read of a backfill left out are received even if the second read is refused", async () => {
  const { done, found } = backfill((_, times) =>
    times === 1 ? refused(401) : listed(message("new", 1_000)),
  );
  await done;
  expect(found).toEqual([expect.stringMatching(/^new [1-9]/)]);
});

test("if Twilio refuses all lists of a backfill, the next start of the app reads them again", async () => {
  const { done, caughtUp } = backfill(() => refused(401), {
    configuredNumbers: () => Promise.resolve(refused(401)),
  });
  await done;
  expect(caughtUp).not.toHaveBeenCalled();
});

test("until Twilio lists the account's numbers, the backfill reads the lists of numbers whose webhooks reached the app before", async () => {
  let times = 0;
  const { done, found, queries } = backfill(
    ({ to }) => listed(message(to === SMS.address ? "known" : "pointed", 2 * MINUTE)),
    {
      configuredNumbers: () =>
        Promise.resolve((times += 1) < 4 ? AWAY : listed(SMS, { ...SMS, address: "+15005550007" })),
    },
  );
  await done;
  expect(found).toEqual(["known 0", expect.stringMatching(/^pointed [1-9]/)]);
  expect(queries).toHaveLength(4);
});

test("with an API key that may not list the account's numbers, the backfill reads the lists of numbers whose webhooks reached the app before", async () => {
  const { done, found, lines, caughtUp } = backfill(() => listed(message("known", 2 * MINUTE)), {
    configuredNumbers: () => Promise.resolve(refused(401)),
  });
  await done;
  expect(found).toEqual(["known 0"]);
  expect(lines[0]).toContain("refused to list the account's numbers");
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("a backfill ends at once when the app stops, even if Twilio does not answer, and does not count as complete", async () => {
  let answer: (answer: ListAnswer<MissedItem>) => void = () => {};
  const { done, stop, queries, found, caughtUp } = backfill(
    () => new Promise((resolve) => (answer = resolve)),
  );
  await vi.waitFor(() => expect(queries).toHaveLength(1));
  stop.abort();
  await done;
  answer(listed(message("too late", 2 * MINUTE)));
  await new Promise(setImmediate);
  expect(found).toEqual([]);
  expect(caughtUp).not.toHaveBeenCalled();
});

test("a backfill that could not store an item fetches its items again", async () => {
  const receive = vi
    .fn<() => Promise<boolean>>(() => Promise.resolve(true))
    .mockRejectedValueOnce(new Error("disk full"));
  const { done, lines, caughtUp } = backfill(() => listed(message("one", 2 * MINUTE)), { receive });
  await done;
  expect(receive.mock.calls.length).toBeGreaterThan(1);
  expect(lines[0]).toContain("could not be stored");
  expect(caughtUp).toHaveBeenCalledOnce();
});

test("a backfill fetches calls only for numbers whose calls are set up to reach the app", async () => {
  const { done, queries } = backfill(() => listed(), {
    ourNumbers: () => [SMS, CALLS],
    configuredNumbers: () => Promise.resolve(listed(SMS)),
  });
  await done;
  expect(queries.map(({ kind }) => kind)).toEqual(["message", "message"]);
});

test("items that the app already knows are skipped by a backfill, and do not count in its limit of 500", async () => {
  const known = Array.from({ length: 600 }, (_, n) => message(`known${n}`, 2 * MINUTE));
  const { done, found, lines } = backfill(() => listed(...known, message("new", 3 * MINUTE)), {
    isKnown: (sid) => sid.startsWith("known"),
  });
  await done;
  expect(found).toEqual(["new 0"]);
  expect(lines.join()).not.toContain("More than");
});
