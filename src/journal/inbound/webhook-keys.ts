import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import type { IdenticalWebhook, Novelty, WebhookKey } from "../../inbound/webhook-key.ts";
import type { JournalDatabase } from "../database/open.ts";

/**
 * An identical webhook that comes within this time after the first one may be genuine, in milliseconds. For example, a
 * caller presses the same key again.
 */
const SOON_MS = 10_000;
/** How many identical webhooks of one call (or other scope) may count as new, the first one included. */
const MOST_FRESH = 3;
/**
 * An identical webhook that comes later than `SOON_MS` is doubtful, because an attacker may have captured the webhook. Of
 * one call (or other scope), this many doubtful webhooks fire events.
 */
const MOST_DOUBTFUL = 3;

/**
 * Stores the dedupe keys and signatures of all webhooks. They are never pruned, so that a captured webhook never fires
 * again.
 *
 * @param statusOf finds the latest status of a call
 */
export function createWebhookKeys(
  journal: JournalDatabase,
  statusOf: (callSid: string) => DeliveryStatus | null,
) {
  const insert = journal.prepare("INSERT OR IGNORE INTO webhook_keys (key, first_seen) VALUES (?, ?)");
  const select = journal.prepare("SELECT first_seen FROM webhook_keys WHERE key = ?");
  // All keys of one message or call begin with its SID and `:`, so they are neighbours in the index. The character `;`
  // comes after `:`.
  const firstOf = journal.prepare(
    "SELECT min(first_seen) AS first_seen FROM webhook_keys WHERE key >= ? || ':' AND key < ? || ';'",
  );

  const add = (key: string, at: number): boolean => insert.run(key, at).changes === 1;

  function firstReceivedAt(key: string): number | null {
    const at = select.get(key)?.["first_seen"];
    return typeof at === "number" ? at : null;
  }

  /** Counts one more identical webhook in a scope, such as a call. Returns false if the limit has been reached. */
  function count(scope: string, what: string, most: number, at: number): boolean {
    return Array.from({ length: most }, (_, n) => `${scope}:${what} ${n + 1}`).some((key) => add(key, at));
  }

  /**
   * Decides whether a webhook counts as new although the app received an identical webhook at `first`. Twilio goes on
   * with a call only after the app's answer. So an identical webhook before that answer is a retry or an attack.
   */
  function judgeEqual(equal: IdenticalWebhook, first: number, at: number): Novelty {
    const isSoon = at >= first && at - first <= SOON_MS;
    if (!isSoon) return count(equal.scope, "doubtful", MOST_DOUBTFUL, at) ? "doubtful" : "repeated";
    const isPossible = equal.isFirstAnswered && !isFinalCallStatus(statusOf(equal.scope)?.status);
    return isPossible && count(equal.scope, "again", MOST_FRESH - 1, at) ? "new" : "repeated";
  }

  return {
    knows: (sid: string): boolean => typeof firstOf.get(sid, sid)?.["first_seen"] === "number",
    /** Stores a key, within a transaction. Returns false if it was stored before. */
    add,
    /** Stores the keys of a webhook, within a transaction. Returns whether the webhook is new. */
    save({ key, identicalWebhook, signature }: WebhookKey, at: number): Novelty {
      const isCaptured = signature !== null && !add(`=${signature}`, at);
      const first = firstReceivedAt(key);
      const withToken = identicalWebhook === null ? null : `${key}:${identicalWebhook.token}`;
      if (first === null) {
        // The signature is known and the key is not: somebody has captured a webhook and split its parameters
        // differently.
        if (isCaptured) return "repeated";
        add(key, at);
        if (withToken !== null) add(withToken, at);
        return "new";
      }
      // A genuine second webhook with the same content has a new idempotency token. A webhook without a token or with a
      // known one is a repetition.
      if (identicalWebhook === null || withToken === null || firstReceivedAt(withToken) !== null)
        return "repeated";
      const novelty = judgeEqual(identicalWebhook, first, at);
      if (novelty !== "repeated") add(withToken, at);
      return novelty;
    },
  };
}
