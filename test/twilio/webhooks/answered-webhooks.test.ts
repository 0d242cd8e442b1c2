import { expect, test } from "vitest";

import { createAnsweredWebhooks } from "../../../src/twilio/webhooks/answered-webhooks.ts";

test("after the app has answered a webhook, a later webhook with the same content counts as a repetition", () => {
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

test("the app remembers a limited number of answered webhooks", () => {
  const requests = createAnsweredWebhooks();
  for (let n = 0; n < 5_000; n += 1) requests.answered(`key ${n}`);
  const arrival = requests.started();
  expect(requests.wasAnswered("key 4999", arrival)).toBe(true);
  expect(requests.wasAnswered("key 0", arrival)).toBe(false);
});
