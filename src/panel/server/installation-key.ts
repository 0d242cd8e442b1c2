import type { Chance } from "../../domain/chance.ts";

/** Stores the panel's key over restarts. */
export interface PanelKeyMemory {
  /** Stores `key` unless there is one already. Returns the stored key. Throws if the disk cannot be written. */
  setIfAbsent(name: "panel_key", key: string): string;
}

/**
 * The key of this installation, made at the first start (base64url of 32 bytes). If the disk cannot be written, the key
 * is valid until the app stops.
 */
export function loadInstallationKey(memory: PanelKeyMemory, chance: Chance): string {
  const made = chance.bytes(32).toString("base64url");
  try {
    return memory.setIfAbsent("panel_key", made);
  } catch {
    return made;
  }
}
