import { describe, expect, test } from "vitest";

import { free, MINUTE, OURS, SECOND, START, startTestPolling, THEIRS } from "./create-test-polling.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OTHERS = "+15005550009";

describe("the polling of messages", () => {
  test("fires none of a year's older messages at a first start, and reads only those of the last 15 minutes", async () => {
    using house = await startTestPolling({
      before({ messages }) {
        for (let age = 365; age > 0; age -= 1)
          messages.push({ kind: "unfinished", sid: `SM${age}`, createdAt: new Date(START - age * DAY) });
      },
    });
    house.write("a moment before", START - SECOND);
    house.write("first", START + SECOND);
    await house.round();
    expect(await house.pending()).toEqual(["first"]);
    expect(house.twilio.asked[0]).toEqual(new Date(START - 15 * MINUTE));
  });

  test("fires the messages that came while Twilio was unreachable at a first start, as soon as Twilio answers", async () => {
    using house = await startTestPolling({
      before: (twilio) => void (twilio.numbers = { kind: "away" }),
    });
    house.write("meanwhile", START + SECOND);
    await house.round();
    expect(house.journal.pollingOf("AC1").account()).toBeNull();
    house.twilio.numbers = { kind: "listed", items: [free()] };
    await house.round();
    expect(await house.pending()).toEqual(["meanwhile"]);
  });

  test("fires all messages that came in the same second as the first start, in the order of their arrival", async () => {
    using house = await startTestPolling();
    for (const sid of ["one", "two", "three"]) house.write(sid, START);
    await house.round();
    expect(await house.pending()).toEqual(["one", "two", "three"]);
  });

  test("fires messages that Twilio's list shows up to 15 minutes late, one time each", async () => {
    using house = await startTestPolling();
    while (house.now() < START + 20 * MINUTE) await house.round();
    house.write("new", START + 20 * MINUTE);
    await house.round();
    house.write("late", START + 6 * MINUTE);
    house.write("too late", START + 4 * MINUTE);
    await house.round();
    await house.round();
    expect(await house.pending()).toEqual(["new", "late"]);
  });

  test("still finds all messages if the list contains one with a time in the future", async () => {
    using house = await startTestPolling({ numbers: [free()] });
    house.write("SM1", house.now() + 24 * 60 * MINUTE, { to: "+15005550009" });
    await house.round();
    house.write("SM2");
    await house.round();
    expect(await house.pending()).toEqual(["SM2"]);
  });

  test("fires a message only after Twilio has received all of it", async () => {
    using house = await startTestPolling();
    house.twilio.messages.push({ kind: "unfinished", sid: "half", createdAt: new Date(START) });
    await house.round();
    house.twilio.messages.length = 0;
    house.write("half", START);
    await house.round();
    expect(await house.pending()).toEqual(["half"]);
  });

  test("neither stores nor fires messages to a number of the same account that a CRM uses", async () => {
    const crm = { address: OTHERS, receiver: "others", isSender: false } as const;
    using house = await startTestPolling({ numbers: [free(), crm] });
    house.write("an order", START, { to: OTHERS });
    house.write("ours", START);
    await house.round();
    expect(await house.pending()).toEqual(["ours"]);
    expect(house.journal.eventLog.isKnown("an order")).toBe(false);
  });

  test("reads only 15 minutes of messages in each round, even if a CRM gets 10,000 messages a day", async () => {
    using house = await startTestPolling();
    for (let n = 0; n < 100; n += 1) {
      for (const at of [8, 2]) house.write(`crm ${n} ${at}`, house.now() + at * SECOND, { to: OTHERS });
      await house.round();
      const since = house.twilio.asked.at(-1)?.getTime() ?? 0;
      expect(house.now() - since).toBeLessThan(16 * MINUTE);
    }
    expect(await house.pending()).toEqual([]);
  });

  test("continues after a restart with the messages since its last read, and fires no message twice", async () => {
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
    expect(await second.pending()).toEqual(["one", "meanwhile"]);
  });

  test("fires messages from before the loss of the journal as twilio_data_missed after a reinstallation", async () => {
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
    expect(await house.pending()).toEqual(["120 min stale", "0.5 min"]);
    expect(house.journal.pollingOf("AC1").account()).toMatchObject({ pollFrom: lostAt, lostAt });
  });

  test("fires no message from before its first round if an earlier journal was lost a month ago", async () => {
    using house = await startTestPolling({ lostAt: START - 30 * DAY });
    house.write("before", START - MINUTE);
    await house.round();
    expect(await house.pending()).toEqual([]);
  });
});

describe("the time between two rounds of polling", () => {
  test("is 15 s, grows to 5 minutes while Twilio is unreachable, and is 15 s again when Twilio answers, which is logged once", async () => {
    using house = await startTestPolling();
    expect(await house.round()).toBe(15 * SECOND);
    house.twilio.failure = { kind: "away" };
    await house.round();
    const delays: number[] = [];
    for (let n = 0; n < 6; n += 1) delays.push(await house.round());
    expect(delays.map((ms) => ms / SECOND)).toEqual([15, 30, 60, 120, 240, 300]);
    house.twilio.failure = null;
    await house.round();
    expect(house.misses()).toBe(1);
    expect(await house.round()).toBe(15 * SECOND);
    expect(house.lines.filter((line) => line.includes("The app tries again"))).toHaveLength(1);
  });

  test("is one hour if the credentials may not list messages", async () => {
    using house = await startTestPolling();
    house.twilio.failure = { kind: "refused", status: 403 };
    await house.round();
    expect(await house.round()).toBe(HOUR);
    expect(house.polling.state().condition).toBe("refused");
  });
});

test("messages that came before Twilio first listed the account's numbers are polled, too", async () => {
  using house = await startTestPolling({
    before: (twilio) => void (twilio.numbers = { kind: "refused", status: 403 }),
  });
  house.write("early", START + SECOND);
  await house.round();
  house.twilio.numbers = { kind: "listed", items: [free()] };
  await house.round();
  expect(await house.pending()).toEqual(["early"]);
});

describe("the media files of a polled message", () => {
  const file = { url: "https://api.twilio.com/2010-04-01/Media/ME1", contentType: "image/jpeg" };

  test("are in the event under the same field names as in a webhook", async () => {
    using house = await startTestPolling();
    house.twilio.files = { kind: "listed", items: [file] };
    house.write("picture", START, { mediaCount: 1 });
    await house.round();
    const [event] = await house.journal.eventLog.takeNext(9);
    expect(event?.data).toMatchObject({ MediaUrl0: file.url, MediaContentType0: "image/jpeg" });
  });

  test("delay the event at most until the third round if Twilio does not list them", async () => {
    using house = await startTestPolling();
    house.write("picture", START, { mediaCount: 2 });
    house.write("text", START);
    await house.round();
    expect(await house.pending()).toEqual(["text"]);
    await house.round();
    expect(await house.pending()).toEqual([]);
    await house.round();
    expect(await house.pending()).toEqual(["picture"]);
  });
});
