import { randomBytes } from "node:crypto";

/** A random SID of 34 characters with the prefix of its kind: `SM…`, `CA…`. */
export function fakeSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}
