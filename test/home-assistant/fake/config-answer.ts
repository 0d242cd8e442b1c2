import type { Behaviour } from "./behaviour.ts";

export interface FakeConfig {
  readonly behaviour: Behaviour;
  readonly externalUrl: string | null;
  readonly components: readonly string[];
}

/** The answer to `get_config`. */
export function configAnswer({ behaviour, externalUrl, components }: FakeConfig): object {
  return {
    country: "US",
    language: behaviour.language ?? "en",
    time_zone: "UTC",
    version: "2026.11.0",
    state: behaviour.state ?? "RUNNING",
    external_url: externalUrl,
    components,
  };
}
