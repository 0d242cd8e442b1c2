import { createHash } from "node:crypto";

import { raw } from "hono/html";

import { text as STYLE } from "./style.css?text";

/** The styles of all pages. They are in the page itself, because a file of their own would delay the first paint. */
export function InlineStyle() {
  return <style>{raw(STYLE)}</style>;
}

/** Allows `InlineStyle`, and no other inline style, in a Content-Security-Policy. */
export function inlineStyleSource(): string {
  return `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;
}
