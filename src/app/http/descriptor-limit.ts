import { readFileSync } from "node:fs";

/** The limit of open files of most Linux processes, used where the real one cannot be read. */
const USUAL_LIMIT = 1_024;

/** How many files and sockets this process may have open. */
export function readDescriptorLimit(): number {
  try {
    const [, soft = ""] =
      /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === "unlimited" ? Infinity : Number(soft) || USUAL_LIMIT;
  } catch {
    // Only Linux has that file.
    return USUAL_LIMIT;
  }
}

/**
 * Connections of each listener at most: together below half of the descriptors, since a connection may need a file. The
 * panel has room for as many again as its 64 event streams.
 */
export function connectionCaps(descriptors: number): { readonly webhooks: number; readonly panel: number } {
  return {
    webhooks: Math.min(256, Math.max(16, Math.floor(descriptors * 0.3))),
    panel: Math.min(128, Math.max(8, Math.floor(descriptors * 0.15))),
  };
}
