import { expect, test } from "vitest";

import { createLazyLoader } from "../../src/domain/lazy-loader.ts";

test("a value that several callers need at the same time is loaded only once", async () => {
  let loads = 0;
  const load = createLazyLoader(() => Promise.resolve((loads += 1)));
  expect(await Promise.all([load(), load()])).toEqual([1, 1]);
  expect(await load()).toBe(1);
});

test("a value whose loading failed is loaded again for the next caller, and then kept", async () => {
  let loads = 0;
  const load = createLazyLoader(async () => {
    loads += 1;
    if (loads < 3) throw new Error("EMFILE");
    return loads;
  });
  const first = [load(), load()];
  for (const failed of first) await expect(failed).rejects.toThrow("EMFILE");
  await expect(load()).rejects.toThrow("EMFILE");
  expect(await load()).toBe(3);
  expect(await load()).toBe(3);
});
