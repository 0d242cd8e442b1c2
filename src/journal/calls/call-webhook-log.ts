import type { CallWebhookLog } from "../../calls/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";

/**
 * Stores the signatures of webhooks about calls in the table of dedupe keys, so that the app recognizes a repeated
 * webhook.
 */
export function createCallWebhookLog(journal: JournalDatabase, commit: Commit): CallWebhookLog {
  const select = journal.prepare("SELECT first_seen FROM webhook_keys WHERE key = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO webhook_keys (key, first_seen) VALUES (?, ?)");

  return {
    firstReceivedAt(signature) {
      const at = select.get(`=${signature}`)?.["first_seen"];
      return typeof at === "number" ? at : null;
    },
    saveFirstReceived: (signature, at) => commit(() => void insert.run(`=${signature}`, at)),
  };
}
