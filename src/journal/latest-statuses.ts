import { stepOf } from "../domain/send-status.ts";
import type { SendStatus } from "../domain/send-status.ts";
import type { Commit } from "./group-commit.ts";
import type { Journal } from "./open-database.ts";

export interface LatestStatuses {
  of(sid: string): SendStatus | null;
  /**
   * What a callback says, within a transaction. False where callbacks have said the same or more: they come in any
   * order. What Twilio said when it was asked does not count: nobody but who waits has heard of that.
   */
  advance(sid: string, status: SendStatus, at: number): boolean;
  /** What Twilio says when it is asked. */
  note(sid: string, status: SendStatus, at: number): Promise<void>;
}

/** How far each message and call has got; never backwards. */
export function createLatestStatuses(journal: Journal, commit: Commit): LatestStatuses {
  const select = journal.prepare("SELECT status, heard_step FROM latest_statuses WHERE sid = ?");
  const put = journal.prepare(
    "INSERT OR REPLACE INTO latest_statuses (sid, status, heard_step, told_at) VALUES (?, ?, ?, ?)",
  );

  function read(sid: string): { status: SendStatus; heardStep: number } | null {
    const row = select.get(sid);
    if (row === undefined) return null;
    return { status: JSON.parse(String(row["status"])) as SendStatus, heardStep: Number(row["heard_step"]) };
  }

  return {
    of: (sid) => read(sid)?.status ?? null,
    advance(sid, told, at) {
      const known = read(sid);
      const step = stepOf(told.status);
      const heardStep = Math.max(step, known?.heardStep ?? -1);
      put.run(sid, JSON.stringify(later(known?.status, told)), heardStep, at);
      return step > (known?.heardStep ?? -1);
    },
    note: (sid, told, at) =>
      commit(() => {
        const known = read(sid);
        put.run(sid, JSON.stringify(later(known?.status, told)), known?.heardStep ?? -1, at);
      }),
  };
}

/** The same status again may tell more: who answered, or why it failed. */
function later(known: SendStatus | undefined, told: SendStatus): SendStatus {
  if (known === undefined) return told;
  const [last, other] = stepOf(told.status) >= stepOf(known.status) ? [told, known] : [known, told];
  return {
    status: last.status,
    error: last.error ?? other.error,
    answeredBy: last.answeredBy ?? other.answeredBy,
    duration: last.duration ?? other.duration,
  };
}
