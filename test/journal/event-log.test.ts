import { expect, test } from "vitest";

import { createEventLog } from "../../src/journal/event-log.ts";
import { openJournal } from "../../src/journal/open-journal.ts";

const EVENT = { type: "twilio_data_received", kind: "message", data: { Body: "hi" } } as const;

test("keeps a webhook once, however often it comes", () => {
  using journal = openJournal(":memory:");
  const log = createEventLog(journal);
  expect(log.keepWebhook("SM1:received", [EVENT], 1)).toBe(true);
  expect(log.keepWebhook("SM1:received", [EVENT], 2)).toBe(false);
  expect(log.takeNext(10)).toHaveLength(1);
});

test("hands events on in order, each once", () => {
  using journal = openJournal(":memory:");
  const log = createEventLog(journal);
  for (const n of [1, 2, 3]) log.append({ ...EVENT, data: { n } }, n);
  expect(log.takeNext(2).map((event) => event.data["n"])).toEqual([1, 2]);
  expect(log.takeNext(2).map((event) => event.data["n"])).toEqual([3]);
  expect(log.takeNext(2)).toEqual([]);
});

test("what was put back comes again before what is newer, and stays unsure once it was", () => {
  using journal = openJournal(":memory:");
  const log = createEventLog(journal);
  log.append(EVENT, 1);
  log.append(EVENT, 2);
  const [first] = log.takeNext(1);
  log.putBack(first?.seq ?? 0, true);
  expect(log.takeNext(2).map(({ seq, unsure }) => [seq, unsure])).toEqual([
    [1, true],
    [2, false],
  ]);
  log.putBack(1, false);
  expect(log.takeNext(1)[0]?.unsure).toBe(true);
});

test("what was being fired when the app died is unsure afterwards", () => {
  using journal = openJournal(":memory:");
  createEventLog(journal).append(EVENT, 1);
  expect(createEventLog(journal).takeNext(1)[0]?.unsure).toBe(false);
  expect(createEventLog(journal).takeNext(1)[0]?.unsure).toBe(true);
});

test("delivered, refused and merely kept events do not come again", () => {
  using journal = openJournal(":memory:");
  const log = createEventLog(journal);
  log.append(EVENT, 1);
  log.append(EVENT, 1);
  log.keepWebhook("SM1:received", [EVENT], 1, "kept");
  log.takeNext(5);
  log.markDelivered([1]);
  log.setAside(2, "too large");
  expect(createEventLog(journal).takeNext(5)).toEqual([]);
});

test("nothing of a webhook is kept when a part of it cannot be", () => {
  using journal = openJournal(":memory:");
  const log = createEventLog(journal);
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  expect(() => log.keepWebhook("SM1:received", [EVENT, { ...EVENT, data: cyclic }], 1)).toThrow("circular");
  expect(log.keepWebhook("SM1:received", [EVENT], 1)).toBe(true);
  expect(log.takeNext(5)).toHaveLength(1);
});

test("field names and texts come back as they were, __proto__ included", () => {
  using journal = openJournal(":memory:");
  const log = createEventLog(journal);
  const data = Object.fromEntries([
    ["__proto__", "x"],
    ["Body", `"'\u0000🚪\n`],
  ]);
  log.append({ ...EVENT, data }, 1);
  expect(JSON.stringify(log.takeNext(1)[0]?.data)).toBe(JSON.stringify(data));
});
