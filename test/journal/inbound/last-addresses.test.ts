import { expect, test } from "vitest";

import { LAST_ADDRESS_QUERY } from "../../../src/journal/inbound/last-addresses.ts";
import { saveEvent, messageTo } from "../conversation-rows.ts";
import { openTestStore } from "../open-test-store.ts";

const OURS = "+15005550006";
const ALICE = "+5215512345678";

test("if somebody has written or called on one channel (such as WhatsApp), the journal has a channel address of this person only there", async () => {
  using store = openTestStore();
  const { lastAddresses } = store;
  await saveEvent(store, { From: `whatsapp:${ALICE}`, To: `whatsapp:${OURS}`, Body: "hi" }, 10);
  await saveEvent(store, { From: "messenger:1234", To: "messenger:5678", Body: "hi" }, 20);
  expect(lastAddresses.isKnown(`whatsapp:${ALICE}`)).toBe(true);
  expect(lastAddresses.isKnown("messenger:1234")).toBe(true);
  for (const other of [ALICE, `rcs:${ALICE}`, "messenger:12345", "messenger:5678", ""])
    expect(lastAddresses.isKnown(other), other).toBe(false);
});

test("the journal keeps a person's last message and last call, each with the user's number that received it", async () => {
  using store = openTestStore();
  const { lastAddresses } = store;
  await saveEvent(store, { From: ALICE, To: OURS, Body: "hi" }, 10);
  await saveEvent(store, { From: `whatsapp:${ALICE}`, To: `whatsapp:${OURS}`, Body: "hi" }, 20);
  await saveEvent(store, { From: ALICE, To: "+15005550007", Body: "hi" }, 30);
  await saveEvent(store, { From: ALICE, To: OURS, CallStatus: "ringing" }, 40, "incoming_call");
  expect(lastAddresses.last(ALICE, "message")).toEqual({ at: 30, ours: "+15005550007" });
  expect(lastAddresses.last(`whatsapp:${ALICE}`, "message")).toEqual({ at: 20, ours: `whatsapp:${OURS}` });
  expect(lastAddresses.last(ALICE, "call")).toEqual({ at: 40, ours: OURS });
  expect(lastAddresses.last(`whatsapp:${ALICE}`, "call")).toBeNull();
});

test("the journal knows nothing of a recipient who has never written or called", async () => {
  using store = openTestStore();
  await store.commands.add(messageTo("r", ALICE, "hi", 10), null);
  expect(store.lastAddresses.isKnown(ALICE)).toBe(false);
});

test("a sender's address is removed from the journal together with the old history", async () => {
  using store = openTestStore();
  await saveEvent(store, { From: ALICE, To: OURS, Body: "hi" }, 10);
  await store.eventLog.markDelivered((await store.eventLog.takeNext(1)).map(({ seq }) => seq));
  while (await store.prune(20, 30));
  expect(store.lastAddresses.isKnown(ALICE)).toBe(false);
});

test("the query for a sender's last message and call reads no whole table", () => {
  using store = openTestStore();
  const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${LAST_ADDRESS_QUERY}`).all();
  expect(plan.filter((step) => /^SCAN (?!\(subquery)/.test(String(step["detail"])))).toEqual([]);
});
