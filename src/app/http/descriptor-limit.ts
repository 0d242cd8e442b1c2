import { readFileSync } from "node:fs";

/** The usual limit of a Linux process, for the case that the real limit cannot be read. */
const USUAL_LIMIT = 1_024;

/** The highest number of files and sockets that this process can have open. */
export function readDescriptorLimit(): number {
  try {
    const [, soft = ""] =
      /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === "unlimited" ? Infinity : Number(soft) || USUAL_LIMIT;
  } catch {
    // Other systems than Linux do not have the file `/proc/self/limits`.
    return USUAL_LIMIT;
  }
}

/**
 * Returns the highest number of connections to each listener. The two listeners together use less than half of the file
 * descriptors, because answering a connection may need a file, too. Only a process with very few of them uses more.
 * With the usual limit, the panel has room for its 64 event streams and as many other connections.
 */
export function connectionCaps(descriptors: number): { readonly webhooks: number; readonly panel: number } {
  return {
    webhooks: Math.min(256, Math.max(16, Math.floor(descriptors * 0.3))),
    panel: Math.min(128, Math.max(8, Math.floor(descriptors * 0.15))),
  };
}
