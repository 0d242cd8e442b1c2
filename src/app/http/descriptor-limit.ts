import { readFileSync } from "node:fs";

/** The usual limit of a Linux process. Used if the real limit cannot be read. */
const USUAL_LIMIT = 1_024;

/** How many files and sockets this process can have open. */
export function readDescriptorLimit(): number {
  try {
    const [, soft = ""] =
      /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === "unlimited" ? Infinity : Number(soft) || USUAL_LIMIT;
  } catch {
    // Only Linux has this file.
    return USUAL_LIMIT;
  }
}

/**
 * The greatest number of connections of each listener. Together they are less than half of the descriptors, because each
 * connection may need a file. The panel has room for its 64 event streams and as many other connections.
 */
export function connectionCaps(descriptors: number): { readonly webhooks: number; readonly panel: number } {
  return {
    webhooks: Math.min(256, Math.max(16, Math.floor(descriptors * 0.3))),
    panel: Math.min(128, Math.max(8, Math.floor(descriptors * 0.15))),
  };
}
