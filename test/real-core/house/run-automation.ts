import { vi } from "vitest";

import type { CoreClient } from "./core/core-client.ts";

/** How a run of an automation ended, by its trace. */
export type RunEnd = "finished" | "failed_conditions";

export interface SavedAutomation extends AsyncDisposable {
  /**
   * Runs `cause`. Resolves with the ends of all runs that it started, as soon as one of them has ended like `end`.
   */
  runsBy(cause: () => Promise<unknown>, end: RunEnd): Promise<string[]>;
}

interface Trace {
  readonly run_id: string;
  readonly script_execution: string | null;
  readonly error?: string;
}

/** Saves an automation like the editor and waits until Core has loaded it. Disposing deletes it. */
export async function saveAutomation(
  client: CoreClient,
  id: string,
  definition: object,
): Promise<SavedAutomation> {
  const path = `/api/config/automation/config/${id}`;
  await client.post(path, definition);
  const isLoaded = async (): Promise<boolean> =>
    (await client.states()).some(
      ({ entity_id: entity, attributes }) => entity.startsWith("automation.") && attributes["id"] === id,
    );
  await until(isLoaded, true);
  const traces = async (): Promise<Trace[]> =>
    await client.command({ type: "trace/list", domain: "automation", item_id: id });
  return {
    async runsBy(cause, end) {
      const before = new Set((await traces()).map(({ run_id }) => run_id));
      await cause();
      return await vi.waitFor(
        async () => {
          const runs = (await traces()).filter(({ run_id }) => !before.has(run_id));
          const ends = runs.map(({ script_execution: how, error }) => error ?? how ?? "running");
          if (!ends.includes(end)) throw new Error(`automation ${id}: not ${end} but ${ends.join(", ")}`);
          return ends;
        },
        { interval: 20 },
      );
    },
    async [Symbol.asyncDispose]() {
      await client.delete(path);
      await until(isLoaded, false);
    },
  };
}

async function until(holds: () => Promise<boolean>, wanted: boolean): Promise<void> {
  await vi.waitFor(
    async () => {
      if ((await holds()) !== wanted) throw new Error("Home Assistant has not loaded its automations anew");
    },
    { interval: 20 },
  );
}
