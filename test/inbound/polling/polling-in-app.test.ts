import { expect, test } from "vitest";

import { OURS, THEIRS } from "../../app/start-house.ts";
import { startPollingHouse } from "./start-polling-house.ts";

const CRM = "+15005550009";
const DAY = 86_400_000;

test("with a year of messages and 10,000 a day for a CRM, a round of polling reads few pages, beginning with today", async () => {
  await using house = await startPollingHouse({
    twilio: { numbers: [OURS, CRM] },
    before(twilio) {
      twilio.enterAtNumber(CRM, { sms_url: "https://crm.example/sms" });
      twilio.addHistory({ count: 365, days: 365, from: THEIRS, to: [OURS, CRM] });
      twilio.addHistory({ count: 600, days: 0.06, from: THEIRS, to: [CRM] });
    },
  });
  const { length } = house.twilio.queries();
  const firstDay = () => new Date(house.now() - 15 * 60_000).toISOString().slice(0, 10);
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "new" });
  const before = firstDay();
  await house.nextRound();
  const [event] = await house.fires("twilio_data_received", 1);
  expect(event).toMatchObject({ Body: "new" });
  const asked = house.twilio
    .queries()
    .slice(length)
    .map((query) => new URL(query, "http://x").searchParams)
    .filter((query) => query.has("PageSize"));
  // A new day may have begun during the round.
  const days = [before, firstDay()];
  for (const query of asked) {
    expect(query.get("PageSize")).toBe("100");
    expect(query.get("To")).toBeNull();
    expect(days).toContain(query.get("DateSent>")?.slice(0, 10));
  }
  // The CRM gets 104 messages in 15 minutes, which are two pages.
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(house.home.fired).toHaveLength(1);
});

test("if Twilio's list is not sorted from new to old, a round of polling reads it to the end, but at most ten pages", async () => {
  await using house = await startPollingHouse({
    twilio: { messageOrder: "rising" },
    before: (twilio) => twilio.addHistory({ count: 1_200, days: 0.01, from: THEIRS, to: [CRM] }),
  });
  const known = house.reads();
  await house.nextRound();
  expect(house.reads() - known).toBe(10);
});

test("a polled message with pictures fires its event with the URLs and types of the pictures", async () => {
  await using house = await startPollingHouse();
  const sid = house.twilio.addMessage({
    from: THEIRS,
    to: OURS,
    body: "",
    files: ["image/jpeg", "image/png"],
  });
  await house.nextRound();
  const [event] = await house.fires("twilio_data_received", 1);
  const folder = `https://api.twilio.com/2010-04-01/Accounts/${house.twilio.accountSid}/Messages/${sid}/Media/ME`;
  expect(event).toMatchObject({
    Body: "",
    NumMedia: "2",
    MediaUrl0: expect.stringContaining(folder),
    MediaUrl1: expect.stringContaining(folder),
  });
  // The order in which Twilio lists files is not documented.
  const types = new Set([event?.["MediaContentType0"], event?.["MediaContentType1"]]);
  expect(types).toEqual(new Set(["image/jpeg", "image/png"]));
});

test("a message that appears late in Twilio's list fires its event", async () => {
  await using house = await startPollingHouse();
  const unlisted = house.twilio.addMessage({ from: THEIRS, to: OURS, body: "late", isUnlisted: true });
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "one" });
  await house.nextRound();
  house.twilio.list(unlisted);
  await house.nextRound();
  const events = await house.fires("twilio_data_received", 2);
  expect(events.map(({ Body }) => Body)).toEqual(["one", "late"]);
});

test("polling skips a number whose messages go to a Messaging Service, and a WhatsApp sender that nobody chose", async () => {
  await using house = await startPollingHouse({
    before({ accountState }) {
      accountState.services.push({
        sid: `MG${"0".repeat(32)}`,
        numbers: [OURS],
        campaigns: [],
        decides: true,
      });
      accountState.senders.push({ address: `whatsapp:${OURS}`, callbackUrl: "" });
    },
  });
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "for the service" });
  await house.nextRound();
  expect(house.reads()).toBe(0);
  expect(house.home.fired).toEqual([]);
  expect(house.twilio.violations()).toEqual([]);
});

test("polling skips numbers whose messages go to an application, a Studio flow or a website, and reads only the remaining number", async () => {
  const studio = `https://webhooks.twilio.com/v1/Accounts/AC1/Flows/FW${"0".repeat(32)}`;
  const others = {
    "+15005550011": { sms_application_sid: `AP${"0".repeat(32)}` },
    "+15005550012": { sms_url: studio },
    "+15005550013": { sms_url: "https://shop.example/sms" },
  };
  await using house = await startPollingHouse({
    twilio: { numbers: [OURS, ...Object.keys(others)] },
    before(twilio) {
      twilio.enterAtNumber(OURS, { sms_url: "https://demo.twilio.com/welcome/sms/reply" });
      for (const [number, entries] of Object.entries(others)) twilio.enterAtNumber(number, entries);
    },
  });
  for (const to of Object.keys(others)) house.twilio.addMessage({ from: THEIRS, to, body: "not ours" });
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "ours" });
  await house.nextRound();
  await house.nextRound();
  expect((await house.fires("twilio_data_received", 1))[0]).toMatchObject({ Body: "ours" });
});

test("a message from before the first start fires no event", async () => {
  await using house = await startPollingHouse();
  house.twilio.addMessage({
    from: THEIRS,
    to: OURS,
    body: "old",
    createdAt: new Date(house.now() - 2 * DAY),
  });
  await house.nextRound();
  house.twilio.addMessage({ from: THEIRS, to: OURS, body: "new" });
  await house.nextRound();
  expect((await house.fires("twilio_data_received", 1))[0]).toMatchObject({ Body: "new" });
});
