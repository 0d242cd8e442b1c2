import type { Chance } from "../../domain/chance.ts";

/** Stores the panel's key, so that it is the same after a restart. */
export interface PanelKeyMemory {
  /**
   * Stores `key` unless a key has been stored before. Returns the stored key. Throws if the app cannot write to its
   * disk.
   */
  setIfAbsent(name: "panel_key", key: string): string;
}

/**
 * Returns the secret key of this installation (32 bytes in base64url), and makes it at the first start. If the app
 * cannot write to its disk, the new key is valid only until the app stops.
 */
export function loadInstallationKey(memory: PanelKeyMemory, chance: Chance): string {
  const made = chance.bytes(32).toString("base64url");
  try {
    return memory.setIfAbsent("panel_key", made);
  } catch {
    return made;
  }
}
