import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";

/** Which of Twilio's requests on calls came before, by their signatures, which stand among the webhooks'. */
export function createTalkRequests(journal: JournalDatabase, commit: Commit) {
  const select = journal.prepare("SELECT first_seen FROM webhook_keys WHERE key = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO webhook_keys (key, first_seen) VALUES (?, ?)");

  return {
    /** When a request with this signature first came, in milliseconds since 1970; null if none did. */
    firstReceivedAt(signature: string): number | null {
      const at = select.get(`=${signature}`)?.["first_seen"];
      return typeof at === "number" ? at : null;
    },
    saveFirstReceived: (signature: string, at: number): Promise<void> =>
      commit(() => void insert.run(`=${signature}`, at)),
  };
}
