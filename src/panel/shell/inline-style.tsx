import { createHash } from "node:crypto";

import { raw } from "hono/html";

import { text as STYLE } from "./style.css?text";

/** Writes the styles of all pages into the page itself. A file of their own would delay the first paint. */
export function InlineStyle() {
  return <style>{raw(STYLE)}</style>;
}

/** Returns the source for a Content-Security-Policy that allows `InlineStyle` and no other inline style. */
export function inlineStyleSource(): string {
  return `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
}
