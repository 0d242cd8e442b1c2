import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test, vi } from "vitest";

import { OURS, startHouse, THEIRS } from "../../app/start-house.ts";
import type { TestHouse } from "../../app/start-house.ts";
import { PUBLIC_URL } from "../../app/start-test-app.ts";
import { setLastBackfill } from "../../journal/set-last-backfill.ts";
import type { Fault } from "../../twilio-simulator/api/rest-app.ts";
import { sendWebhook } from "../../twilio-simulator/webhooks/send-webhook.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ago = (ms: number): Date => new Date(Date.now() - ms);
const text = (body: string, createdAt?: Date) => ({
  from: THEIRS,
  to: OURS,
  body,
  ...(createdAt === undefined ? {} : { createdAt }),
});

/** When the app was last restarted, in milliseconds since 1970. */
let restartedAt = 0;

/** Restarts the app, runs `meanwhile` while it is down, and waits until it has read from Twilio. */
async function restart(house: TestHouse, meanwhile: () => void): Promise<void> {
  const before = house.twilio.reads().length;
  restartedAt = Date.now();
  await house.app.restart(() => Promise.resolve(meanwhile()));
  await vi.waitFor(() => expect(house.twilio.reads().length).toBeGreaterThan(before));
}

/** Holds each of Twilio's lists until `release`, so that a test can act meanwhile. */
function heldLists() {
  let held = Promise.withResolvers<void>();
  let isHolding = true;
  return {
    chooseFault: ({ path }: { readonly path: string }): Fault | undefined =>
      isHolding && /(Messages|Calls)\.json$/.test(path) ? { kind: "held", until: held.promise } : undefined,
    release(): void {
      held.resolve();
      held = Promise.withResolvers();
    },
    releaseAll(): void {
      isHolding = false;
      held.resolve();
    },
  };
}

function backfilledUntil(house: TestHouse): number {
  using journal = new DatabaseSync(join(house.app.directory, "journal.db"), { readOnly: true });
  return Number(journal.prepare("SELECT value FROM facts WHERE name = 'backfilled_until'").get()?.["value"]);
}

/** Resolves when the backfill of the last start is complete. */
async function caughtUp(house: TestHouse): Promise<void> {
  await vi.waitFor(() => expect(backfilledUntil(house)).toBeGreaterThanOrEqual(restartedAt));
}

/** Resolves when a list, `Messages` or `Calls`, is read for the `count`th time. */
async function asked(house: TestHouse, list: string, count: number): Promise<void> {
  const times = (): number => house.twilio.reads().filter((path) => path.endsWith(`/${list}.json`)).length;
  await vi.waitFor(() => expect(times()).toBeGreaterThanOrEqual(count), { interval: 5 });
}

/** Resolves when both lists have been read and the second read has started. */
async function firstReads(house: TestHouse, lists: ReturnType<typeof heldLists>): Promise<void> {
  await asked(house, "Messages", 1);
  lists.release();
  await asked(house, "Calls", 1);
  lists.release();
  await asked(house, "Messages", 2);
}

/** Sends the webhook of a message that is already in Twilio's list. */
async function deliverAfterList({ twilio, app }: TestHouse, sid: string, body: string): Promise<void> {
  const { accountSid, authToken } = twilio;
  const fields = messageParameters({ accountSid, from: THEIRS, to: OURS, body });
  const sids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid };
  const target = { url: `${PUBLIC_URL}/webhook`, deliverTo: app.webhook };
  await sendWebhook(authToken, target, { ...fields, ...sids });
}

async function fires(house: TestHouse, type: string, count: number): Promise<void> {
  await vi.waitFor(() => expect(house.fired(type)).toHaveLength(count), { interval: 5 });
}

test("at its start, the app fetches messages and calls that came while it was down, and only young messages fire twilio_data_received", async () => {
  await using house = await startHouse();
  await restart(house, () => {
    house.twilio.addMessage(text("young", ago(MINUTE / 2)));
    house.twilio.addCall({ from: THEIRS, to: OURS, createdAt: ago(1_000) });
  });
  await fires(house, "twilio_data_received", 1);
  await fires(house, "twilio_data_missed", 1);
  expect(house.fired("twilio_data_received")[0]).toMatchObject({
    Body: "young",
    From: THEIRS,
    To: OURS,
    SmsStatus: "received",
    source: "backfill",
    contact: null,
  });
  expect(house.fired("twilio_data_missed")[0]).toMatchObject({
    From: THEIRS,
    CallStatus: "no-answer",
    Direction: "inbound",
    source: "backfill",
  });
});

test("fetched messages between ten minutes and one day old fire twilio_data_missed with their age, in order", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("webhook"));
  await fires(house, "twilio_data_received", 1);
  await house.app.restart(() => {
    setLastBackfill(house.app.directory, ago(48 * HOUR));
    house.twilio.addMessage(text("two days", ago(30 * HOUR)));
    house.twilio.addMessage(text("an hour", ago(HOUR)));
    house.twilio.addMessage(text("two hours", ago(2 * HOUR)));
    return Promise.resolve();
  });
  await fires(house, "twilio_data_missed", 2);
  expect(house.fired("twilio_data_missed").map(({ Body }) => Body)).toEqual(["two hours", "an hour"]);
  expect(Number(house.fired("twilio_data_missed")[1]?.["age_seconds"])).toBeGreaterThanOrEqual(3_600);
  expect(house.fired("twilio_data_received")).toHaveLength(1);
});

test("a message or call that a backfill fetches fires no second event if its webhook has already arrived", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("one"));
  await house.twilio.placeCall({ from: THEIRS, to: OURS });
  await fires(house, "twilio_data_received", 2);
  await restart(house, () => {});
  await house.twilio.receiveMessage(text("two"));
  await restart(house, () => {});
  await fires(house, "twilio_data_received", 3);
  await caughtUp(house);
  expect(house.home.fired).toHaveLength(3);
});

test("a webhook that arrives while the backfill reads Twilio's list fires one event, with the webhook's own fields", async () => {
  const lists = heldLists();
  await using house = await startHouse({}, lists);
  await restart(house, () => {});
  await asked(house, "Messages", 1);
  await house.twilio.receiveMessage(text("at once"));
  lists.release();
  await asked(house, "Calls", 1);
  await house.twilio.placeCall({ from: THEIRS, to: OURS });
  lists.release();
  await asked(house, "Messages", 2);
  lists.releaseAll();
  await caughtUp(house);
  await fires(house, "twilio_data_received", 2);
  expect(house.home.fired).toHaveLength(2);
  for (const data of house.fired("twilio_data_received")) {
    expect(data).toMatchObject({ FromCity: "NEW YORK" });
    expect(data).not.toHaveProperty("source");
  }
});

test("if a message's webhook arrives between the two reads of a backfill, one event is fired, with the webhook's fields", async () => {
  const lists = heldLists();
  await using house = await startHouse({}, lists);
  let sid = "";
  await restart(house, () => {
    sid = house.twilio.addMessage(text("while it starts"));
  });
  await firstReads(house, lists);
  expect(house.home.fired).toEqual([]);
  await deliverAfterList(house, sid, "while it starts");
  lists.releaseAll();
  await caughtUp(house);
  await fires(house, "twilio_data_received", 1);
  expect(house.home.fired).toHaveLength(1);
  expect(house.fired("twilio_data_received")[0]).toMatchObject({ MessageSid: sid, FromCity: "NEW YORK" });
});

test("a backfill receives messages that Twilio's list shows only at the second read", async () => {
  const lists = heldLists();
  await using house = await startHouse({}, lists);
  await restart(house, () => {});
  await firstReads(house, lists);
  house.twilio.addMessage(text("lagged behind", ago(20_000)));
  lists.releaseAll();
  await fires(house, "twilio_data_received", 1);
  expect(house.fired("twilio_data_received")[0]).toMatchObject({ Body: "lagged behind" });
  await caughtUp(house);
});

test("a backfill that did not complete is repeated at the next start, even if webhooks came before that start", async () => {
  let isAway = true;
  await using house = await startHouse(
    {},
    {
      chooseFault: ({ method }) => (isAway && method === "GET" ? { kind: "status", status: 503 } : undefined),
    },
  );
  await house.twilio.receiveMessage(text("webhook"));
  await restart(house, () => {
    setLastBackfill(house.app.directory, ago(HOUR));
    house.twilio.addMessage(text("missed", ago(HOUR / 2)));
  });
  await house.twilio.receiveMessage(text("webhook meanwhile"));
  await restart(house, () => {
    isAway = false;
  });
  await fires(house, "twilio_data_missed", 1);
  expect(house.fired("twilio_data_missed")[0]).toMatchObject({ Body: "missed" });
  await caughtUp(house);
});

test("if Twilio refuses a list to a backfill, the other lists are not delayed, and the refusal is logged once", async () => {
  await using house = await startHouse(
    {},
    {
      chooseFault: ({ path }) => (path.endsWith("/Calls.json") ? { kind: "status", status: 403 } : undefined),
    },
  );
  await restart(house, () => {
    house.twilio.addMessage(text("all the same"));
    house.twilio.addCall({ from: THEIRS, to: OURS });
  });
  await fires(house, "twilio_data_received", 1);
  await caughtUp(house);
  expect(house.fired("twilio_data_missed")).toEqual([]);
  const said = house.app.lines.filter((line) => line.includes("Twilio refused to list the calls"));
  expect(said).toEqual([expect.stringContaining("HTTP 403")]);
  expect(said.join()).not.toContain(OURS);
});

test("a backfill fetches nothing for numbers that are set up for another URL and whose webhooks never reached the app", async () => {
  await using house = await startHouse({}, { numbers: [OURS] });
  house.twilio.setWebhooks({ sms: { url: "https://elsewhere.example/sms" } });
  await restart(house, () => {
    house.twilio.addMessage(text("not for us"));
    house.twilio.addCall({ from: THEIRS, to: OURS });
  });
  await caughtUp(house);
  expect(house.app.lines.join("\n")).not.toContain("Fetched");
  expect(house.home.fired).toEqual([]);
});

test("a first start fetches no messages or calls from Twilio", async () => {
  await using house = await startHouse();
  house.twilio.addMessage(text("before the app was installed"));
  expect(house.twilio.reads()).toEqual([]);
});

test("a backfill fetches up to 500 items over several pages, and no more", async () => {
  await using house = await startHouse();
  await restart(house, () => {
    for (let n = 0; n < 510; n += 1) house.twilio.addMessage(text(`n${n}`));
  });
  await fires(house, "twilio_data_received", 500);
  expect(house.app.lines.join("\n")).toContain("More than 500");
});

test("a backfill waits while Twilio is unreachable", async () => {
  await using house = await startHouse();
  await house.twilio.receiveMessage(text("webhook"));
  house.twilio.failNext({ kind: "status", status: 503 }, 2, "GET");
  await house.app.restart(() => Promise.resolve(void house.twilio.addMessage(text("late"))));
  await vi.waitFor(() =>
    expect(house.fired("twilio_data_received").map(({ Body }) => Body)).toContain("late"),
  );
});
