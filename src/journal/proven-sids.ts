import type { UnprovenSid } from "../domain/unproven-sid.ts";
import type { Commit } from "./group-commit.ts";
import type { Journal } from "./open-database.ts";

/** What is known of a SID's age. `since`: take the age from there. `late`: Twilio knows nothing of it. */
export interface SidAge {
  readonly unproven: boolean;
  readonly since: number | null;
  readonly late: boolean;
}

export interface ProvenSids {
  /** Within a transaction. Null where the SID is younger than the loss and its age is that of the request. */
  ageOf(sid: string | null): SidAge | null;
  /** Whether what came then, in milliseconds since 1970, may have reached Home Assistant before the loss. */
  mayBeRepeat(receivedAt: number): boolean;
  /** SIDs whose events wait for proof, the oldest first. */
  unproven(limit: number): UnprovenSid[];
  /**
   * Lets the SID's events go: `createdAt` in milliseconds since 1970, or null where Twilio does not know it. Whether it
   * is younger than the loss.
   */
  prove(sid: string, createdAt: number | null): Promise<boolean>;
}

/**
 * A signature carries no time. Once the keys of earlier webhooks are lost, a captured one would pass as new, so that
 * whatever is not provably younger than the loss (`lostAt`) takes its age from Twilio.
 */
export function createProvenSids(journal: Journal, commit: Commit, lostAt: number): ProvenSids {
  const select = journal.prepare("SELECT created_at FROM proven_sids WHERE sid = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO proven_sids (sid, created_at) VALUES (?, ?)");
  const sentByUs = journal.prepare("SELECT 1 FROM sends WHERE sid = ?");
  const waiting = journal.prepare(
    `SELECT sid, min(seq) AS first, max(kind IN ('incoming_call', 'call', 'call_status')) AS isCall
     FROM events WHERE unproven = 1 GROUP BY sid ORDER BY first LIMIT ?`,
  );
  const release = journal.prepare(
    "UPDATE events SET unproven = 0, late = ?, received_at = coalesce(?, received_at) WHERE unproven = 1 AND sid = ?",
  );

  return {
    ageOf(sid) {
      // Nothing can be asked about it.
      if (sid === null) return { unproven: false, since: null, late: true };
      const row = select.get(sid);
      if (row === undefined)
        return sentByUs.get(sid) === undefined ? { unproven: true, since: null, late: false } : null;
      const createdAt = row["created_at"];
      if (typeof createdAt !== "number") return { unproven: false, since: null, late: true };
      return createdAt >= lostAt ? null : { unproven: false, since: createdAt, late: false };
    },
    mayBeRepeat: (receivedAt) => receivedAt < lostAt,
    unproven: (limit) =>
      waiting.all(limit).map(({ sid, isCall }) => ({ sid: String(sid), isCall: isCall === 1 })),
    prove: (sid, createdAt) =>
      commit(() => {
        insert.run(sid, createdAt);
        const isYounger = createdAt !== null && createdAt >= lostAt;
        release.run(createdAt === null ? 1 : 0, isYounger ? null : createdAt, sid);
        return isYounger;
      }),
  };
}
