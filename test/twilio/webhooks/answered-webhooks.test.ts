import { expect, test } from "vitest";

import { createAnsweredWebhooks } from "../../../src/twilio/webhooks/answered-webhooks.ts";

test("a webhook counts as answered for all webhooks that arrive after its first answer", () => {
  const requests = createAnsweredWebhooks();
  const first = requests.started();
  const early = requests.started();
  requests.answered("key");
  const later = requests.started();
  requests.answered("key");
  expect([first, early, later].map((arrival) => requests.wasAnswered("key", arrival))).toEqual([
    false,
    false,
    true,
  ]);
  expect(requests.wasAnswered("other", later)).toBe(false);
});

test("the number of remembered webhooks is limited", () => {
  const requests = createAnsweredWebhooks();
  for (let n = 0; n < 5_000; n += 1) requests.answered(`key ${n}`);
  const arrival = requests.started();
  expect(requests.wasAnswered("key 4999", arrival)).toBe(true);
  expect(requests.wasAnswered("key 0", arrival)).toBe(false);
});
