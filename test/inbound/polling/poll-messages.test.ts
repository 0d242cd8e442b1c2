import { describe, expect, test } from "vitest";

import { free, MINUTE, OURS, SECOND, START, startTestPolling, THEIRS } from "./create-test-polling.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OTHERS = "+15005550009";

describe("which messages", () => {
  test("an account with a year of history: a first start tells nothing of it, and reads a quarter of an hour", async () => {
    using house = await startTestPolling({
      before({ messages }) {
        for (let age = 365; age > 0; age -= 1)
          messages.push({ kind: "unfinished", sid: `SM${age}`, createdAt: new Date(START - age * DAY) });
      },
    });
    house.write("a moment before", START - SECOND);
    house.write("first", START + SECOND);
    await house.round();
    expect(await house.told()).toEqual(["first"]);
    expect(house.twilio.asked[0]).toEqual(new Date(START - 15 * MINUTE));
  });

  test("a first start without Twilio: what comes meanwhile is told when Twilio answers", async () => {
    using house = await startTestPolling({
      before: (twilio) => void (twilio.numbers = { kind: "away" }),
    });
    house.write("meanwhile", START + SECOND);
    await house.round();
    expect(house.journal.pollingOf("AC1").account()).toBeNull();
    house.twilio.numbers = { kind: "listed", items: [free()] };
    await house.round();
    expect(await house.told()).toEqual(["meanwhile"]);
  });

  test("equal seconds: of the second of the first start all are told, and of one second the first comes first", async () => {
    using house = await startTestPolling();
    for (const sid of ["one", "two", "three"]) house.write(sid, START);
    await house.round();
    expect(await house.told()).toEqual(["one", "two", "three"]);
  });

  test("items that appear late in the list are told, within a quarter of an hour, each once", async () => {
    using house = await startTestPolling();
    house.write("new", START + 20 * MINUTE);
    await house.round();
    house.write("late", START + 6 * MINUTE);
    house.write("too late", START + 4 * MINUTE);
    await house.round();
    await house.round();
    expect(await house.told()).toEqual(["new", "late"]);
  });

  test("a message that Twilio is still receiving is told when all of it is there", async () => {
    using house = await startTestPolling();
    house.twilio.messages.push({ kind: "unfinished", sid: "half", createdAt: new Date(START) });
    await house.round();
    house.twilio.messages.length = 0;
    house.write("half", START);
    await house.round();
    expect(await house.told()).toEqual(["half"]);
  });

  test("a CRM's numbers in the same account: its messages are neither stored nor told", async () => {
    const crm = { address: OTHERS, receiver: "others", isSender: false } as const;
    using house = await startTestPolling({ numbers: [free(), crm] });
    house.write("an order", START, { to: OTHERS });
    house.write("ours", START);
    await house.round();
    expect(await house.told()).toEqual(["ours"]);
    expect(house.journal.eventLog.isKnown("an order")).toBe(false);
  });

  test("10,000 messages a day of a CRM: each round reads a quarter of an hour of them", async () => {
    using house = await startTestPolling();
    for (let n = 0; n < 100; n += 1) {
      for (const at of [8, 2]) house.write(`crm ${n} ${at}`, house.now() + at * SECOND, { to: OTHERS });
      await house.round();
      const since = house.twilio.asked.at(-1)?.getTime() ?? 0;
      expect(house.now() - since).toBeLessThan(16 * MINUTE);
    }
    expect(await house.told()).toEqual([]);
  });

  test("a restart goes on where the last life read, and tells nothing twice", async () => {
    using first = await startTestPolling();
    first.write("one");
    await first.round();
    first[Symbol.dispose]();
    using second = await startTestPolling({
      journal: first.journal,
      now: START + 3 * HOUR,
      before: ({ messages }) => void messages.push(...first.twilio.messages),
    });
    second.write("meanwhile", START + HOUR);
    await second.round();
    expect(await second.told()).toEqual(["one", "meanwhile"]);
  });

  test("a reinstall: what came before the loss of the journal is told as repeated and must not act", async () => {
    const lostAt = START - MINUTE;
    using house = await startTestPolling({
      lostAt,
      before({ messages }) {
        const past = [2 * DAY, 2 * HOUR, MINUTE / 2];
        for (const age of past) {
          const fields = { MessageSid: `${age}`, From: THEIRS, To: OURS, Body: `${age / MINUTE} min` };
          const createdAt = new Date(START - age);
          messages.push({ kind: "message", sid: `${age}`, createdAt, to: OURS, mediaCount: 0, fields });
        }
      },
    });
    expect(await house.told()).toEqual(["120 min stale", "0.5 min"]);
    expect(house.journal.pollingOf("AC1").account()).toMatchObject({ pollFrom: lostAt, lostAt });
  });

  test("a loss long ago does not count for a journal that knows nothing of polling", async () => {
    using house = await startTestPolling({ lostAt: START - 30 * DAY });
    house.write("before", START - MINUTE);
    await house.round();
    expect(await house.told()).toEqual([]);
  });
});

describe("how often", () => {
  test("every 15 s; Twilio being away or overloaded backs off to 5 minutes, and its return is reported once", async () => {
    using house = await startTestPolling();
    expect(await house.round()).toBe(15 * SECOND);
    house.twilio.failure = { kind: "away" };
    await house.round();
    const delays: number[] = [];
    for (let n = 0; n < 6; n += 1) delays.push(await house.round());
    expect(delays.map((ms) => ms / SECOND)).toEqual([15, 30, 60, 120, 240, 300]);
    house.twilio.failure = null;
    await house.round();
    expect(house.backs()).toBe(1);
    expect(await house.round()).toBe(15 * SECOND);
    expect(house.lines.filter((line) => line.includes("The app tries again"))).toHaveLength(1);
  });

  test("hourly where the credentials may not list messages", async () => {
    using house = await startTestPolling();
    house.twilio.failure = { kind: "refused", status: 403 };
    await house.round();
    expect(await house.round()).toBe(HOUR);
    expect(house.polling.state().condition).toBe("refused");
  });
});

describe("files of a message", () => {
  const file = { url: "https://api.twilio.com/2010-04-01/Media/ME1", contentType: "image/jpeg" };

  test("come with it, as its webhook names them", async () => {
    using house = await startTestPolling();
    house.twilio.files = { kind: "listed", items: [file] };
    house.write("picture", START, { mediaCount: 1 });
    await house.round();
    const [event] = await house.journal.eventLog.takeNext(9);
    expect(event?.data).toMatchObject({ MediaUrl0: file.url, MediaContentType0: "image/jpeg" });
  });

  test("that Twilio does not tell hold it back for three rounds at most", async () => {
    using house = await startTestPolling();
    house.write("picture", START, { mediaCount: 2 });
    house.write("text", START);
    await house.round();
    expect(await house.told()).toEqual(["text"]);
    await house.round();
    expect(await house.told()).toEqual([]);
    await house.round();
    expect(await house.told()).toEqual(["picture"]);
  });
});
