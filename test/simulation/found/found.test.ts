import { describe, expect, test } from "vitest";

import { bundleApp } from "../bundle/bundle-app.ts";
import type { Mutation } from "../bundle/mutation.ts";
import { MUTATIONS } from "../mutations/mutations.ts";
import { openSeedWorkers } from "../run/open-seed-workers.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { FOUND } from "./found.ts";

describe.each(FOUND.map((found) => [found.fault, found] as const))("the app once %s", (_, found) => {
  test("and does not do so any more, with the schedule that found it", async () => {
    expect(await faultsOf(found.schedule, null)).toEqual([]);
  });

  test("and the same schedule finds the fault if a mutation brings it back", async () => {
    const mutation = MUTATIONS.find(({ name }) => name === found.mutation) ?? null;
    expect(mutation).not.toBeNull();
    expect(await faultsOf(found.schedule, mutation)).not.toEqual([]);
  });
});

async function faultsOf(schedule: Schedule, mutation: Mutation | null): Promise<readonly string[]> {
  await using bundle = await bundleApp(mutation);
  await using workers = openSeedWorkers(1);
  return (await workers.run(0, { bundle: bundle.file, schedule })).faults;
}
