import { expect, vi } from "vitest";

import type { CoreClient } from "./core/core-client.ts";

interface State {
  readonly entity_id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Resolves when no automation runs. An automation goes on for a moment after its last call or message, and Home
 * Assistant ignores what triggers it meanwhile: its mode is `single` unless it says otherwise.
 */
export async function untilIdle(client: Pick<CoreClient, "get">): Promise<void> {
  await vi.waitFor(
    async () => {
      const states = (await client.get("/api/states")) as readonly State[];
      const running = states.filter(
        ({ entity_id: id, attributes }) => id.startsWith("automation.") && Number(attributes["current"]) > 0,
      );
      expect(running.map(({ entity_id: id }) => id)).toEqual([]);
    },
    { interval: 20 },
  );
}
