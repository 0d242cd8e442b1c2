import { setTimeout as sleep } from "node:timers/promises";

/** Resolves to `waited` after `ms`, or to `ended` as soon as `ended` does. */
export async function waitUnlessEnded(ms: number, ended: Promise<"ended">): Promise<"waited" | "ended"> {
  const over = new AbortController();
  const waited = sleep(ms, "waited" as const, { signal: over.signal }).catch(() => "waited" as const);
  try {
    return await Promise.race([ended, waited]);
  } finally {
    over.abort();
  }
}
