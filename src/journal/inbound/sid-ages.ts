import type { AgeJournal } from "../../inbound/ports.ts";
import type { SidAge } from "../../inbound/verify-age.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";

/** Twilio's times have a resolution of one second. */
const RESOLUTION_MS = 1_000;
/** On a first start, the age checks end after this many messages and calls whose age Twilio could not say. */
const MOST_WITHOUT_AGE = 10;

/**
 * The result of the replay check of a message or call. `ageUnverified`: its events wait until Twilio has said the age.
 * `createdAt`: Twilio's time of creation, in milliseconds since 1970, from which its events are dated. `stale`:
 * automations must not act on them.
 */
export interface AgeCheck {
  readonly ageUnverified: boolean;
  readonly createdAt: number | null;
  readonly stale: boolean;
}

/** The time since which the journal has the keys of all webhooks. */
export interface JournalStart {
  /** When the journal began, in milliseconds since 1970. */
  readonly at: number;
  /**
   * False after the loss of a journal. True on a first start: then the first message or call that Twilio created after
   * the start ends the checks.
   */
  readonly isFirstStart: boolean;
  /** Ends the age checks for good. Called within a transaction. */
  readonly endAgeChecks: () => void;
}

export interface SidAges extends AgeJournal {
  /**
   * Checks the message or call with this SID, within a transaction. Null if it is not older than the journal, so that
   * nothing has to be done.
   */
  checkAge(sid: string | null): AgeCheck | null;
  /** Whether an event of that time, in milliseconds since 1970, may have been fired before the journal was lost. */
  mayBeRepeat(receivedAt: number): boolean;
  /** How many times events that waited for an age have been released. */
  releases(): number;
}

const STALE: AgeCheck = { ageUnverified: false, createdAt: null, stale: true };

/**
 * Stores when Twilio created each unknown call or message (SID), for the replay check. A signature contains no time. On
 * a first start, or after the journal was lost, a captured old webhook therefore looks new. Its events wait until Twilio
 * has reported the age.
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
  // An event can be stale for another reason than its age: the machine has restarted, or the webhook is doubtful.
  const release = journal.prepare(
    "UPDATE events SET unproven = 0, late = max(late, ?), received_at = coalesce(?, received_at) WHERE unproven = 1 AND sid = ?",
  );
  const releaseAll = journal.prepare("UPDATE events SET unproven = 0 WHERE unproven = 1");
  const youngFrom = isFirstStart ? beginning - RESOLUTION_MS + 1 : beginning;
  let withoutAge = 0;
  let isOver = false;
  let releases = 0;

  function checkAge(sid: string | null): AgeCheck | null {
    if (isOver) return null;
    // If the webhook names no message or call, Twilio cannot be asked.
    if (sid === null) return isFirstStart ? null : STALE;
    const row = select.get(sid);
    if (row === undefined)
      return sentByUs.get(sid) === undefined ? { ageUnverified: true, createdAt: null, stale: false } : null;
    const createdAt = row["created_at"];
    if (typeof createdAt !== "number") return STALE;
    return createdAt >= youngFrom ? null : { ageUnverified: false, createdAt, stale: isFirstStart };
  }

  function save({ sid, createdAt }: SidAge): void {
    const storedAt = createdAt === "unknown" ? null : createdAt === "untold" ? beginning : createdAt;
    insert.run(sid, storedAt);
    const isYoung = storedAt !== null && storedAt >= youngFrom;
    release.run(storedAt === null || (isFirstStart && !isYoung) ? 1 : 0, isYoung ? null : storedAt, sid);
  }

  return {
    isFirstStart,
    checkAge,
    releases: () => releases,
    mayBeRepeat: (receivedAt) => !isFirstStart && receivedAt < beginning,
    unverifiedSids: (limit) =>
      waiting.all(limit).map(({ sid, isCall }) => ({ sid: String(sid), isCall: isCall === 1 })),
    async saveAges(ages) {
      const isYoung = ({ createdAt }: SidAge): boolean =>
        createdAt === "untold" || (createdAt !== "unknown" && createdAt >= youngFrom);
      const hasYoungAge = ages.some((age) => age.createdAt !== "untold" && isYoung(age));
      withoutAge += ages.filter(({ createdAt }) => createdAt === "untold").length;
      const ends = isFirstStart && (hasYoungAge || withoutAge >= MOST_WITHOUT_AGE);
      await commit(() => {
        releases += 1;
        for (const age of ages) save(age);
        if (!ends) return;
        endAgeChecks();
        releaseAll.run();
      });
      isOver ||= ends;
      // Messages and calls whose age is unknown count as young, too: a Twilio-compatible provider may not answer.
      return ages.filter((age) => isYoung(age) || age.createdAt === "untold").map(({ sid }) => sid);
    },
  };
}
