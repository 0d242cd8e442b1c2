import { expect, vi } from "vitest";

import type { CoreClient } from "./core/core-client.ts";

/** Makes an automation of a blueprint of the app's, as the editor does; resolves when Core has loaded it. */
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
      // An automation whose configuration is not valid is unavailable.
      const states = (await client.states()).filter(({ attributes }) => attributes["id"] === id);
      expect(states.map(({ state }) => state)).toEqual(["on"]);
    },
    { interval: 50 },
  );
}

/** Takes it away again; resolves when nothing of it runs any more. */
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
