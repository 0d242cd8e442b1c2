import { expect, vi } from "vitest";

import type { CoreClient } from "./core/core-client.ts";

interface State {
  readonly entity_id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Resolves when no automation runs. An automation still runs for a short time after its last call or message. Meanwhile
 * Home Assistant ignores its triggers, since the default mode is `single`.
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
