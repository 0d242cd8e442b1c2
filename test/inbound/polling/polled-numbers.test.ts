import { describe, expect, test } from "vitest";

import { free, MINUTE, OURS, pointing, SECOND, startTestPolling, THEIRS } from "./create-test-polling.ts";

const OTHERS = "+15005550009";

describe("the app", () => {
  test("polls none of several numbers without a receiver until the user chooses one, and then polls only the chosen number", async () => {
    using house = await startTestPolling({ numbers: [free(), free(OTHERS)] });
    house.write("before the choice");
    await house.round();
    expect(house.twilio.asked).toEqual([]);
    await house.polling.choose(OURS, "on");
    house.write("after", house.now() + SECOND);
    house.write("another house's", house.now() + SECOND, { to: OTHERS });
    await house.round();
    expect(await house.pending()).toEqual(["after"]);
  });

  test("polls no number until the user chooses one, if the account has the relay of another installation", async () => {
    using house = await startTestPolling({ relays: ["home-assistant-0a1b2c3d"] });
    house.write("one");
    await house.round();
    expect(house.polling.state().numbers).toMatchObject([{ isPolled: false, reason: "other_relay" }]);
    expect(house.twilio.asked).toEqual([]);
  });

  test("polls a WhatsApp sender only after the user has chosen it, even if Twilio no longer lists the sender", async () => {
    const sender = { address: `whatsapp:${OURS}`, receiver: "nobody", isSender: true } as const;
    using house = await startTestPolling({ numbers: [sender] });
    expect(house.polling.state().numbers).toMatchObject([{ isPolled: false, reason: "sender" }]);
    await house.polling.choose(sender.address, "on");
    house.twilio.numbers = { kind: "listed", items: [] };
    house.polling.numbersChanged();
    await house.round();
    house.write("hello", house.now(), { to: sender.address });
    await house.round();
    expect(await house.pending()).toEqual(["hello"]);
  });

  test("polls a number again after another receiver was removed from it, and fires none of the receiver's messages", async () => {
    using house = await startTestPolling();
    house.twilio.numbers = { kind: "listed", items: [{ ...free(), receiver: "others" }] };
    house.polling.numbersChanged();
    await house.round();
    house.write("for the shop", house.now() - SECOND);
    house.twilio.numbers = { kind: "listed", items: [free()] };
    house.polling.numbersChanged();
    await house.round();
    house.write("for us", house.now() + SECOND);
    await house.round();
    expect(await house.pending()).toEqual(["for us"]);
  });

  test("polls no number that the user has declined", async () => {
    using house = await startTestPolling();
    await house.polling.choose(OURS, "off");
    await house.round();
    const { length } = house.twilio.asked;
    await house.round();
    expect(house.twilio.asked).toHaveLength(length);
    expect(house.polling.state().numbers).toMatchObject([{ isPolled: false, reason: "declined" }]);
  });
});

describe("a number whose webhook works", () => {
  const webhook = async (house: Awaited<ReturnType<typeof startTestPolling>>, sid: string): Promise<void> =>
    await house.receiver.receive(
      { MessageSid: sid, From: THEIRS, To: OURS, Body: `${sid} by webhook`, FromCity: "NEW YORK" },
      { sid, key: `${sid}:received`, identicalWebhook: null, signature: `signature of ${sid}` },
      { kind: "message", route: "webhook", reference: null, receivedAt: house.now(), isStale: false },
    );

  test("is polled every 15 s at first, and every 5 minutes after its first webhook, whose message is not fired again", async () => {
    using house = await startTestPolling({ numbers: [pointing()], hasCallbacks: true });
    house.write("one");
    expect(await house.round()).toBe(15 * SECOND);
    await webhook(house, "one");
    await house.round();
    expect(await house.round()).toBe(5 * MINUTE);
    expect(await house.pending()).toEqual(["one by webhook"]);
  });

  test("is polled every 15 s again if a message's webhook does not arrive within a minute", async () => {
    using house = await startTestPolling({ numbers: [pointing()], hasCallbacks: true });
    await webhook(house, "one");
    await house.round();
    house.write("lost", house.now() + 299 * SECOND);
    expect(await house.round()).toBe(5 * MINUTE);
    const delays: number[] = [];
    while ((await house.pending()).length < 1 && delays.length < 9) delays.push(await house.round());
    expect(delays.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(75 * SECOND);
    expect(await house.round()).toBe(15 * SECOND);
  });

  test("makes the app look for missed calls if a message's webhook does not arrive, because the webhooks of calls may be lost, too", async () => {
    using house = await startTestPolling({ numbers: [pointing()], hasCallbacks: true });
    await webhook(house, "one");
    house.write("one");
    await house.round();
    expect(house.misses()).toBe(0);
    house.write("lost");
    while ((await house.pending()).every((text) => text !== "lost")) await house.round();
    expect(house.misses()).toBe(1);
    await house.round();
    expect(house.misses()).toBe(1);
  });

  test("gets the fields of a late webhook added to its polled message, without a second event", async () => {
    using house = await startTestPolling({ hasCallbacks: true });
    house.write("one");
    await house.round();
    expect(await house.pending()).toEqual(["one"]);
    await webhook(house, "one");
    expect(await house.pending()).toEqual([]);
    const [row] = house.journal.database.prepare("SELECT data FROM events").all();
    expect(JSON.parse(String(row?.["data"]))).toMatchObject({ FromCity: "NEW YORK", source: "poll" });
  });
});
