import { randomBytes } from "node:crypto";

/** A SID with the prefix that tells its kind: `SM…`, `CA…`, 34 characters. */
export function fakeSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}
