import { describe, expect, test } from "vitest";

import { bundleApp } from "../bundle/bundle-app.ts";
import type { Mutation } from "../bundle/mutation.ts";
import { MUTATIONS } from "../mutations/mutations.ts";
import { openSeedWorkers } from "../run/open-seed-workers.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { FOUND } from "./found.ts";

describe.each(FOUND.map((found) => [found.fault, found] as const))(
  "in an earlier version, the simulation found that the app %s",
  (_, found) => {
    test("the present app does not do so with the schedule that found the fault", async () => {
      expect(await faultsOf(found.schedule, null)).toEqual([]);
    });

    test("with a mutation that brings the fault back, the same schedule finds the fault", async () => {
      const mutation = MUTATIONS.find(({ name }) => name === found.mutation) ?? null;
      expect(mutation).not.toBeNull();
      expect(await faultsOf(found.schedule, mutation)).not.toEqual([]);
    });
  },
);

async function faultsOf(schedule: Schedule, mutation: Mutation | null): Promise<readonly string[]> {
  await using bundle = await bundleApp(mutation);
  await using workers = openSeedWorkers(1);
  return (await workers.run(0, { bundle: bundle.file, schedule })).faults;
}
