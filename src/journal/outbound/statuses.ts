import type { CallStatuses } from "../../calls/ports.ts";
import type { DeliveryStatus, ReportedStatus } from "../../domain/events/delivery-status.ts";
import { combineStatuses, isNewStatus, statusRank } from "../../domain/events/status-order.ts";
import type { StatusJournal } from "../../outbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { statusCodec } from "./status-codec.ts";

/** Stores the latest status of each message and call. */
export interface LatestStatuses extends StatusJournal, CallStatuses {
  /**
   * Stores the status of a callback, within a transaction. Callbacks come in any order, so this returns the combined
   * status of all callbacks. Returns null if the callback adds nothing to earlier callbacks.
   *
   * Statuses from look-ups at Twilio do not count as earlier callbacks, because Home Assistant has not received them.
   */
  advance(sid: string, callback: ReportedStatus, at: number): ReportedStatus | null;
  /** Finds the most advanced status that Twilio's status callbacks have reported; null if there was none. */
  reportedStatus(sid: string): string | null;
}

/**
 * The stored statuses. `latest` is from any source; `reported` combines all callbacks, which Home Assistant has
 * received.
 */
interface Row {
  readonly latest: DeliveryStatus;
  readonly reported: DeliveryStatus | null;
}

/**
 * Creates the store of the latest status of each message and call. A stored status never goes back to an earlier
 * status.
 */
export function createLatestStatuses(journal: JournalDatabase, commit: Commit): LatestStatuses {
  const select = journal.prepare("SELECT status, heard_step FROM latest_statuses WHERE sid = ?");
  const put = journal.prepare(
    "INSERT OR REPLACE INTO latest_statuses (sid, status, heard_step, told_at) VALUES (?, ?, ?, ?)",
  );

  function read(sid: string): Row | null {
    const row = select.get(sid);
    if (row === undefined) return null;
    const { heard: stored, ...latest } = statusCodec.decode(row["status"]);
    const reported = stored === undefined ? reportedInVersion6(latest, Number(row["heard_step"])) : stored;
    return { latest, reported };
  }

  function write(sid: string, { latest, reported }: Row, at: number): void {
    put.run(
      sid,
      // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `heard`
      statusCodec.encode({ ...latest, heard: reported }),
      reported === null ? -1 : statusRank(reported.status),
      at,
    );
  }

  return {
    of: (sid) => read(sid)?.latest ?? null,
    reportedStatus: (sid) => read(sid)?.reported?.status ?? null,
    advance(sid, callback, at) {
      const known = read(sid);
      const status = callback.status ?? known?.reported?.status ?? known?.latest.status;
      // The callback about who answered a call can come before any status, so no status can be stored.
      if (status === undefined) return callback;
      const withStatus = { ...callback, status };
      const reported = combined(known?.reported, withStatus);
      write(sid, { latest: combined(known?.latest, withStatus), reported }, at);
      return known?.reported && !isNewStatus(known.reported, reported) ? null : reported;
    },
    save: (sid, status, at) =>
      commit(() => {
        const known = read(sid);
        write(sid, { latest: combined(known?.latest, status), reported: known?.reported ?? null }, at);
      }),
  };
}

function combined(known: DeliveryStatus | null | undefined, added: DeliveryStatus): DeliveryStatus {
  return known ? combineStatuses(known, added) : added;
}

/**
 * Finds the status of the callbacks in a row of schema version 6, which stores only the rank of that status. The rank
 * is 5 for each final status, and 6 for `read`.
 */
function reportedInVersion6(latest: DeliveryStatus, step: number): DeliveryStatus | null {
  const latestStep = latest.status === "read" ? 6 : Math.min(statusRank(latest.status), 5);
  return step >= latestStep ? latest : null;
}
