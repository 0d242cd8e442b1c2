import type { Chance } from "../../domain/chance.ts";

/** Keeps the panel's key over restarts. */
export interface PanelKeyMemory {
  /** Keeps `key` unless there is one already, and returns the one that is kept. Throws while nothing can be written. */
  setIfAbsent(name: "panel_key", key: string): string;
}

/** Made at the first start. A full disk must not cost the panel: then the key is of this start alone. */
export function loadInstallationKey(memory: PanelKeyMemory, chance: Chance): string {
  const made = chance.bytes(32).toString("base64url");
  try {
    return memory.setIfAbsent("panel_key", made);
  } catch {
    return made;
  }
}
