import type { AgeJournal } from "../../inbound/ports.ts";
import type { SidAge } from "../../inbound/verify-age.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";

/** The resolution of Twilio's times, in milliseconds. */
const RESOLUTION_MS = 1_000;
/** After a first start, the age checks end when Twilio could not tell the age of this many messages and calls. */
const MOST_WITHOUT_AGE = 10;

/**
 * The result of the replay check of one message or call.
 * - `ageUnverified`: its events wait until Twilio has told its age
 * - `createdAt`: when Twilio created it, in milliseconds since 1970; its events get this time
 * - `stale`: automations must not act on its events
 */
export interface AgeCheck {
  readonly ageUnverified: boolean;
  readonly createdAt: number | null;
  readonly stale: boolean;
}

/** The time since which the journal has stored the keys of all webhooks. */
export interface JournalStart {
  /** When the journal began, in milliseconds since 1970. */
  readonly at: number;
  /**
   * Whether the journal is new because the app started for the first time, and not because an earlier journal was lost.
   * After a first start, the age checks end with the first message or call that Twilio has created later.
   */
  readonly isFirstStart: boolean;
  /** Stores that no more age checks are needed. Called within a transaction. */
  readonly endAgeChecks: () => void;
}

export interface SidAges extends AgeJournal {
  /**
   * Checks the age of the message or call with this SID, within a transaction. Returns null if its events need no
   * special handling. This is so if the message or call is not older than the journal, or if the app has sent it. It is
   * also so if the age checks have ended, or if `sid` is null after a first start.
   */
  checkAge(sid: string | null): AgeCheck | null;
  /**
   * Whether an event may have been fired before the journal was lost. `receivedAt`: when its message or call came, in
   * milliseconds since 1970.
   */
  mayBeRepeat(receivedAt: number): boolean;
  /** How many times this process has released events that waited for an age. */
  releases(): number;
}

const STALE: AgeCheck = { ageUnverified: false, createdAt: null, stale: true };

/**
 * Stores when Twilio created a message or call, for the replay check. A signature contains no time, so after a first
 * start or a lost journal a captured old webhook looks new. Its events therefore wait until Twilio has told the age.
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
  // After the age check of a message or call, releases its events, and marks stale ones (`late`). Never removes this
  // mark, because an event may be stale for another reason. For example, the webhook is doubtful. Or the machine has
  // rebooted, so that no caller waits any more.
  const release = journal.prepare(
    "UPDATE events SET unproven = 0, late = max(late, ?), received_at = coalesce(?, received_at) WHERE unproven = 1 AND sid = ?",
  );
  const releaseAll = journal.prepare("UPDATE events SET unproven = 0 WHERE unproven = 1");
  const youngFrom = isFirstStart ? beginning - RESOLUTION_MS + 1 : beginning;
  let withoutAge = 0;
  let isOver = false;
  let releases = 0;
  /** Whether an event may wait for an age. While false, `unverifiedSids` skips its query, which delays webhooks. */
  let mayWait = true;

  function checkAge(sid: string | null): AgeCheck | null {
    if (isOver) return null;
    // The webhook names no message or call, so the app cannot ask Twilio for an age. After a lost journal, the webhook
    // may be a repetition, so its events are stale.
    if (sid === null) return isFirstStart ? null : STALE;
    const row = select.get(sid);
    if (row === undefined) {
      if (sentByUs.get(sid) !== undefined) return null;
      mayWait = true;
      return { ageUnverified: true, createdAt: null, stale: false };
    }
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
    unverifiedSids(limit) {
      if (!mayWait) return [];
      const rows = waiting.all(limit);
      mayWait = rows.length > 0;
      return rows.map(({ sid, isCall }) => ({ sid: String(sid), isCall: isCall === 1 }));
    },
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
      // Returns the messages and calls that are too young to be replays. If Twilio did not tell the age of a message or
      // call, it also counts as too young: a Twilio-compatible provider may not answer.
      return ages.filter(isYoung).map(({ sid }) => sid);
    },
  };
}
