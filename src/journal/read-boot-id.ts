import { readFileSync } from "node:fs";

/** What Linux calls this run of the machine, a new one at each boot; null where it tells none. */
export function readBootId(): string | null {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return null;
  }
}
