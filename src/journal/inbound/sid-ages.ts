import type { AgeJournal } from "../../inbound/ports.ts";
import type { SidAge } from "../../inbound/verify-age.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";

/** Twilio tells seconds. */
const RESOLUTION_MS = 1_000;
/** After so many of which nobody can say how old they are, nothing more is asked. */
const MOST_UNTOLD = 10;

/** Whether a SID's events wait for proof; `since`: take the age from there; `late`: they must not act. */
export interface AgeCheck {
  readonly ageUnverified: boolean;
  readonly createdAt: number | null;
  readonly stale: boolean;
}

/** Since when the journal knows what came. */
export interface JournalStart {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Nothing was lost: whatever is older was never meant for this journal, and one that is younger ends the doubt. */
  readonly isFirstStart: boolean;
  /** Within a transaction: what comes from now on needs no proof. */
  readonly endAgeChecks: () => void;
}

export interface SidAges extends AgeJournal {
  /** Within a transaction. Null where the SID is young enough and its age is that of the request. */
  checkAge(sid: string | null): AgeCheck | null;
  /** Whether what came then, in milliseconds since 1970, may have reached Home Assistant before the loss. */
  mayBeRepeat(receivedAt: number): boolean;
}

const LATE: AgeCheck = { ageUnverified: false, createdAt: null, stale: true };

/**
 * A signature carries no time. While the keys of earlier webhooks are missing, a captured one would pass as new, so
 * that whatever is not provably younger than the journal takes its age from Twilio.
 */
export function createSidAges(
  journal: JournalDatabase,
  commit: Commit,
  { at: beginning, isFirstStart, endAgeChecks }: JournalStart,
): SidAges {
  const select = journal.prepare("SELECT created_at FROM proven_sids WHERE sid = ?");
  const insert = journal.prepare("INSERT OR IGNORE INTO proven_sids (sid, created_at) VALUES (?, ?)");
  const sentByUs = journal.prepare("SELECT 1 FROM sends WHERE sid = ?");
  const waiting = journal.prepare(
    `SELECT sid, min(seq) AS first, max(kind IN ('incoming_call', 'call', 'call_status', 'recording')) AS isCall
     FROM events WHERE unproven = 1 GROUP BY sid ORDER BY first LIMIT ?`,
  );
  const release = journal.prepare(
    "UPDATE events SET unproven = 0, late = ?, received_at = coalesce(?, received_at) WHERE unproven = 1 AND sid = ?",
  );
  const releaseAll = journal.prepare("UPDATE events SET unproven = 0 WHERE unproven = 1");
  const youngFrom = isFirstStart ? beginning - RESOLUTION_MS + 1 : beginning;
  let untold = 0;
  let isOver = false;

  function checkAge(sid: string | null): AgeCheck | null {
    if (isOver) return null;
    // Nothing can be asked about it.
    if (sid === null) return isFirstStart ? null : LATE;
    const row = select.get(sid);
    if (row === undefined)
      return sentByUs.get(sid) === undefined ? { ageUnverified: true, createdAt: null, stale: false } : null;
    const createdAt = row["created_at"];
    if (typeof createdAt !== "number") return LATE;
    return createdAt >= youngFrom ? null : { ageUnverified: false, createdAt, stale: isFirstStart };
  }

  function keep({ sid, createdAt }: SidAge): void {
    const kept = createdAt === "unknown" ? null : createdAt === "untold" ? beginning : createdAt;
    insert.run(sid, kept);
    const isYoung = kept !== null && kept >= youngFrom;
    release.run(kept === null || (isFirstStart && !isYoung) ? 1 : 0, isYoung ? null : kept, sid);
  }

  return {
    isFirstStart,
    checkAge,
    mayBeRepeat: (receivedAt) => !isFirstStart && receivedAt < beginning,
    unverifiedSids: (limit) =>
      waiting.all(limit).map(({ sid, isCall }) => ({ sid: String(sid), isCall: isCall === 1 })),
    async saveAges(ages) {
      const isYoung = ({ createdAt }: SidAge): boolean =>
        createdAt === "untold" || (createdAt !== "unknown" && createdAt >= youngFrom);
      const isProof = ages.some((age) => age.createdAt !== "untold" && isYoung(age));
      untold += ages.filter(({ createdAt }) => createdAt === "untold").length;
      const ends = isFirstStart && (isProof || untold >= MOST_UNTOLD);
      await commit(() => {
        for (const age of ages) keep(age);
        if (!ends) return;
        endAgeChecks();
        releaseAll.run();
      });
      isOver ||= ends;
      // What may go on without an age counts as new, too: a provider cannot be asked.
      return ages.filter((age) => isYoung(age) || age.createdAt === "untold").map(({ sid }) => sid);
    },
  };
}
