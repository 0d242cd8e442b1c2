import { expect, test } from "vitest";

import { SENT_TO_QUERY } from "../../../src/journal/outbound/delivery-evidence.ts";
import { messageTo } from "../conversation-rows.ts";
import { openTestStore } from "../open-test-store.ts";

const LUIS = "+5215512345678";

test("the journal knows that the app has sent something to a number, on any channel, as soon as Twilio has accepted it", async () => {
  using store = openTestStore();
  const { hasSentTo } = store.deliveryEvidence;
  await store.commands.add(messageTo("req_1", `whatsapp:${LUIS}`, "hi", 5), null);
  expect(hasSentTo(`whatsapp:${LUIS}`)).toBe(false);
  store.database.exec("UPDATE sends SET sid = 'SM1', posted_at = 6");
  expect(hasSentTo(`whatsapp:${LUIS}`)).toBe(true);
  expect(hasSentTo(LUIS)).toBe(true);
  expect(hasSentTo("+525512345678")).toBe(false);
});

test("the query for messages that were sent to a number reads no whole table", () => {
  using store = openTestStore();
  const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${SENT_TO_QUERY}`).all();
  expect(plan.filter((step) => String(step["detail"]).startsWith("SCAN"))).toEqual([]);
});
