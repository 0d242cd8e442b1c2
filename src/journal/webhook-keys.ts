import { FINAL_CALL_STATES } from "../domain/classify-webhook.ts";
import type { WebhookKey } from "../domain/webhook-key.ts";
import type { Journal } from "./open-database.ts";

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

  const isKnown = (key: string): boolean => select.get(key) !== undefined;
  const add = (key: string, at: number): boolean => insert.run(key, at).changes === 1;

  function firstSeen(sid: string): number | null {
    const at = firstOf.get(sid, sid)?.["first_seen"];
    return typeof at === "number" ? at : null;
  }

  function isOver(sid: string): boolean {
    return [...FINAL_CALL_STATES].some((state) => isKnown(`${sid}:${state}`));
  }

  function tokenCounts(sid: string, at: number): boolean {
    const first = firstSeen(sid);
    return first !== null && at - first <= TOKEN_COUNTS_MS && !isOver(sid);
  }

  return {
    knows: (sid: string): boolean => firstSeen(sid) !== null,
    /** Within a transaction. False for a repeated webhook. */
    keep({ sid, key, token, signature }: WebhookKey, at: number): boolean {
      const isCaptured = signature !== null && !add(`=${signature}`, at);
      if (token === null || sid === null) return !isCaptured && add(key, at);
      const withToken = `${key}:${token}`;
      // Equal requests have equal signatures; under another key it is the same one in disguise.
      if (isKnown(key)) return tokenCounts(sid, at) && add(withToken, at);
      return !isCaptured && add(key, at) && add(withToken, at);
    },
  };
}
