import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { CONNECTION_FLOODS } from "./connection-floods.ts";
import { REQUEST_FLOODS } from "./request-floods.ts";
import { runFlood } from "./run-flood.ts";
import { DESCRIPTORS, startAttackedHouse } from "./start-attacked-house.ts";
import type { AttackedHouse } from "./start-attacked-house.ts";

/**
 * The length of each flood. `npm run attack` runs longer floods and measures times, on a machine without other work.
 */
const SECONDS = 0.4;
const HONEST_EVERY_MS = 100;
/** The most memory that the app may take in this short form. `npm run attack` has a tighter limit. */
const MOST_MEMORY_MB = 200;

let house: AttackedHouse;
let startedAt = 0;
let honest = 0;
beforeAll(async () => {
  house = await startAttackedHouse();
  startedAt = Date.now();
});
afterAll(() => house[Symbol.asyncDispose]());

test.each(Object.keys({ ...CONNECTION_FLOODS, ...REQUEST_FLOODS }))(
  "during a flood of %s, a genuine webhook is still answered",
  async (name) => {
    const figures = await runFlood(house, name, SECONDS, HONEST_EVERY_MS);
    honest += figures.honest.length + 1;
    expect(figures.honest.map(({ status }) => status)).toEqual(figures.honest.map(() => 200));
    expect(figures.connections).toBeGreaterThan(0);
    expect(figures.memoryMb).toBeLessThan(MOST_MEMORY_MB);
    expect(figures.descriptors).toBeLessThan(DESCRIPTORS / 2);
  },
);

test("after all floods, each genuine message has fired one event, and nothing else has fired an event", async () => {
  const bodies = () => house.home.fired.map(({ data }) => String(data["Body"]));
  await vi.waitFor(() => expect(bodies().length).toBeGreaterThanOrEqual(honest));
  expect(bodies()).toHaveLength(honest);
  expect(bodies().filter((body) => !body.startsWith("honest"))).toEqual([]);
});

test("all floods together write less than 100 kB a minute into the log", () => {
  const minutes = 1 + Math.ceil((Date.now() - startedAt) / 60_000);
  expect(Buffer.byteLength(house.logged())).toBeLessThan(minutes * 100_000);
});
