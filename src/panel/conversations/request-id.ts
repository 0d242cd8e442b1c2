import { createHash } from "node:crypto";

/** The id of a request from the panel: equal for the same content from the same form. */
export function requestIdOf(...parts: readonly string[]): string {
  return `panel_${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}`;
}
