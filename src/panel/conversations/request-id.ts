import { createHash } from "node:crypto";

/**
 * Makes the ID of a request from the panel by hashing. Submitting a form twice with the same content gives equal IDs,
 * so the app sends once.
 */
export function requestIdOf(...parts: readonly string[]): string {
  return `panel_${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}`;
}
