import { expect, test, vi } from "vitest";

import { SYSTEM_CLOCK } from "../../../src/app/system/clock.ts";
import { coalesce } from "../../../src/panel/live/coalesce.ts";
import { PATIENCE_MS } from "../../patience.ts";

test("the app reports the first change to an open page at once, and no other change during the following pause", async () => {
  const tell = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const stopping = new AbortController();
  const onChange = coalesce(SYSTEM_CLOCK, tell, PATIENCE_MS, stopping.signal);
  onChange();
  expect(tell).toHaveBeenCalledTimes(1);
  for (let change = 0; change < 50; change += 1) onChange();
  await new Promise((resolve) => setImmediate(resolve));
  expect(tell).toHaveBeenCalledTimes(1);
  stopping.abort();
});

test("the app reports a change during the pause to an open page when the pause is over", async () => {
  const tell = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const onChange = coalesce(SYSTEM_CLOCK, tell, 1, new AbortController().signal);
  onChange();
  onChange();
  await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(2));
});
