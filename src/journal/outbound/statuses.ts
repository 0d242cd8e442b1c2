import type { CallStatuses } from "../../calls/ports.ts";
import type { DeliveryStatus, ReportedStatus } from "../../domain/events/delivery-status.ts";
import { combineStatuses, isNewStatus, statusRank } from "../../domain/events/status-order.ts";
import type { StatusJournal } from "../../outbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { statusCodec } from "./status-codec.ts";

/** How far each message and call has got, with what only the journal itself asks for. */
export interface LatestStatuses extends StatusJournal, CallStatuses {
  /**
   * What a callback says, within a transaction. Returns all that callbacks have said now, or null where they have said
   * as much before: they come in any order. What Twilio said when it was asked does not count: Home Assistant has not
   * been told that.
   */
  advance(sid: string, told: ReportedStatus, at: number): ReportedStatus | null;
  /** What Home Assistant was told last; null for nothing. */
  toldStatus(sid: string): string | null;
}

/** `heard`: what callbacks have said, and Home Assistant was told. */
interface Row {
  readonly latest: DeliveryStatus;
  readonly heard: DeliveryStatus | null;
}

/** How far each message and call has got; never backwards. */
export function createLatestStatuses(journal: JournalDatabase, commit: Commit): LatestStatuses {
  const select = journal.prepare("SELECT status, heard_step FROM latest_statuses WHERE sid = ?");
  const put = journal.prepare(
    "INSERT OR REPLACE INTO latest_statuses (sid, status, heard_step, told_at) VALUES (?, ?, ?, ?)",
  );

  function read(sid: string): Row | null {
    const row = select.get(sid);
    if (row === undefined) return null;
    const { heard, ...latest } = statusCodec.decode(row["status"]);
    return { latest, heard: heard === undefined ? heardBefore(latest, Number(row["heard_step"])) : heard };
  }

  function write(sid: string, { latest, heard }: Row, at: number): void {
    put.run(
      sid,
      statusCodec.encode({ ...latest, heard }),
      heard === null ? -1 : statusRank(heard.status),
      at,
    );
  }

  return {
    of: (sid) => read(sid)?.latest ?? null,
    toldStatus: (sid) => read(sid)?.heard?.status ?? null,
    advance(sid, told, at) {
      const known = read(sid);
      const status = told.status ?? known?.heard?.status ?? known?.latest.status;
      // Who answered is told before any status.
      if (status === undefined) return told;
      const said = { ...told, status };
      const heard = combined(known?.heard, said);
      write(sid, { latest: combined(known?.latest, said), heard }, at);
      return known?.heard && !isNewStatus(known.heard, heard) ? null : heard;
    },
    save: (sid, told, at) =>
      commit(() => {
        const known = read(sid);
        write(sid, { latest: combined(known?.latest, told), heard: known?.heard ?? null }, at);
      }),
  };
}

function combined(known: DeliveryStatus | null | undefined, told: DeliveryStatus): DeliveryStatus {
  return known ? combineStatuses(known, told) : told;
}

/** Rows of earlier versions have only the step of what was heard: 5 for each end, and 6 for `read`. */
function heardBefore(latest: DeliveryStatus, step: number): DeliveryStatus | null {
  const latestStep = latest.status === "read" ? 6 : Math.min(statusRank(latest.status), 5);
  return step >= latestStep ? latest : null;
}
