import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import type { IdenticalWebhook, Novelty, WebhookKey } from "../../inbound/webhook-key.ts";
import type { JournalDatabase } from "../database/open.ts";

/** For so long after the first an equal request is taken for a second one, in milliseconds. */
const SOON_MS = 10_000;
/** So many count as fresh, the first one included, for one call or request. */
const MOST_FRESH = 3;
/** So many later ones are told as doubtful. */
const MOST_DOUBTFUL = 3;

/** The keys of all webhooks ever kept. They outlive the content: a captured request fires nothing, ever. */
export function createWebhookKeys(
  journal: JournalDatabase,
  statusOf: (callSid: string) => DeliveryStatus | null,
) {
  const insert = journal.prepare("INSERT OR IGNORE INTO webhook_keys (key, first_seen) VALUES (?, ?)");
  const select = journal.prepare("SELECT first_seen FROM webhook_keys WHERE key = ?");
  // All keys of a SID stand side by side: `;` is the character after `:`.
  const firstOf = journal.prepare(
    "SELECT min(first_seen) AS first_seen FROM webhook_keys WHERE key >= ? || ':' AND key < ? || ';'",
  );

  const add = (key: string, at: number): boolean => insert.run(key, at).changes === 1;

  function firstSeen(key: string): number | null {
    const at = select.get(key)?.["first_seen"];
    return typeof at === "number" ? at : null;
  }

  /** Counts up to the limit; false where it is reached. */
  function count(scope: string, what: string, most: number, at: number): boolean {
    return Array.from({ length: most }, (_, n) => `${scope}:${what} ${n + 1}`).some((key) => add(key, at));
  }

  /**
   * A request that is equal to one seen at `first`. Twilio goes on with a call only when it is answered, so that what
   * came before that answer is a retry or an attack.
   */
  function judgeEqual(equal: IdenticalWebhook, first: number, at: number): Novelty {
    const isSoon = at >= first && at - first <= SOON_MS;
    if (!isSoon) return count(equal.scope, "doubtful", MOST_DOUBTFUL, at) ? "doubtful" : "repeated";
    const isPossible = equal.isFirstAnswered && !isFinalCallStatus(statusOf(equal.scope)?.status);
    return isPossible && count(equal.scope, "again", MOST_FRESH - 1, at) ? "new" : "repeated";
  }

  return {
    knows: (sid: string): boolean => typeof firstOf.get(sid, sid)?.["first_seen"] === "number",
    /** Within a transaction. False where the key was known. */
    add,
    /** Within a transaction. */
    save({ key, identicalWebhook, signature }: WebhookKey, at: number): Novelty {
      const isCaptured = signature !== null && !add(`=${signature}`, at);
      const first = firstSeen(key);
      const withToken = identicalWebhook === null ? null : `${key}:${identicalWebhook.token}`;
      if (first === null) {
        if (isCaptured) return "repeated";
        add(key, at);
        if (withToken !== null) add(withToken, at);
        return "new";
      }
      // Equal requests have equal signatures; under another key it is the same one in disguise.
      if (identicalWebhook === null || withToken === null || firstSeen(withToken) !== null) return "repeated";
      const novelty = judgeEqual(identicalWebhook, first, at);
      if (novelty !== "repeated") add(withToken, at);
      return novelty;
    },
  };
}
