import { expect, test } from "vitest";

import { loadOnce } from "../../src/domain/load-once.ts";

test("loads once for all who ask", async () => {
  let loads = 0;
  const load = loadOnce(() => Promise.resolve((loads += 1)));
  expect(await Promise.all([load(), load()])).toEqual([1, 1]);
  expect(await load()).toBe(1);
});

test("loads again what could not be loaded, and then keeps it", async () => {
  let loads = 0;
  const load = loadOnce(async () => {
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
