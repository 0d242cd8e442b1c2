import { expect, vi } from "vitest";

import type { CoreClient } from "./core/core-client.ts";

/** Creates an automation from a blueprint of the app, like the editor. Resolves when Core has loaded it. */
export async function useBlueprint(
  client: CoreClient,
  name: string,
  input: Readonly<Record<string, unknown>>,
  id = name,
): Promise<void> {
  await client.post(`/api/config/automation/config/${id}`, {
    alias: id,
    use_blueprint: { path: `twilio/${name}.yaml`, input },
  });
  await vi.waitFor(
    async () => {
      // If the configuration of an automation is not valid, the automation's state is `unavailable`.
      const states = (await client.states()).filter(({ attributes }) => attributes["id"] === id);
      expect(states.map(({ state }) => state)).toEqual(["on"]);
    },
    { interval: 50 },
  );
}

/** Removes an automation. Resolves when no run of it is active any more. */
export async function removeAutomation(client: CoreClient, id: string): Promise<void> {
  await client.delete(`/api/config/automation/config/${id}`);
  await vi.waitFor(
    async () => {
      const states = (await client.states()).filter(({ attributes }) => attributes["id"] === id);
      expect(states.map(({ state }) => state)).toEqual([]);
    },
    { interval: 50 },
  );
}
