import { FINAL_CALL_STATES } from "../domain/classify-webhook.ts";
import type { WebhookKey } from "../domain/webhook-key.ts";
import type { Journal } from "./open-journal.ts";

/** The unsigned idempotency token tells equal requests apart at most so long after a call's first, in milliseconds. */
const TOKEN_COUNTS_MS = 4 * 3_600_000;

/** The keys of all webhooks ever kept. They outlive the content: a captured request fires nothing, ever. */
export function createWebhookKeys(journal: Journal) {
  const insert = journal.prepare("INSERT OR IGNORE INTO webhook_keys (key, first_seen) VALUES (?, ?)");
  const select = journal.prepare("SELECT 1 FROM webhook_keys WHERE key = ?");
  // All keys of a SID stand side by side: `;` is the character after `:`.
  const firstOf = journal.prepare(
    "SELECT min(first_seen) AS first_seen FROM webhook_keys WHERE key >= ? || ':' AND key < ? || ';'",
  );

  const add = (key: string, at: number): boolean => insert.run(key, at).changes === 1;

  function firstSeen(sid: string): number | null {
    const at = firstOf.get(sid, sid)?.["first_seen"];
    return typeof at === "number" ? at : null;
  }

  function isOver(sid: string): boolean {
    return [...FINAL_CALL_STATES].some((state) => select.get(`${sid}:${state}`) !== undefined);
  }

  function tokenCounts(sid: string, at: number): boolean {
    const first = firstSeen(sid);
    return first !== null && at - first <= TOKEN_COUNTS_MS && !isOver(sid);
  }

  return {
    knows: (sid: string): boolean => firstSeen(sid) !== null,
    /** Within a transaction. False for a repeated webhook. */
    keep({ sid, key, token }: WebhookKey, at: number): boolean {
      if (token === null || sid === null) return add(key, at);
      if (add(key, at)) return add(`${key}:${token}`, at);
      return tokenCounts(sid, at) && add(`${key}:${token}`, at);
    },
  };
}
