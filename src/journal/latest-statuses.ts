import { stepOf } from "../domain/send-status.ts";
import type { SendStatus } from "../domain/send-status.ts";
import type { Commit } from "./group-commit.ts";
import type { Journal } from "./open-journal.ts";

export interface LatestStatuses {
  of(sid: string): SendStatus | null;
  /** Within a transaction. False where a later status, or the same, is known: callbacks come in any order. */
  advance(sid: string, status: SendStatus, at: number): boolean;
  /** What Twilio said when it was asked. */
  note(sid: string, status: SendStatus, at: number): Promise<void>;
}

/** How far each message and call has got; never backwards. */
export function createLatestStatuses(journal: Journal, commit: Commit): LatestStatuses {
  const select = journal.prepare("SELECT status FROM latest_statuses WHERE sid = ?");
  const put = journal.prepare(
    "INSERT OR REPLACE INTO latest_statuses (sid, status, told_at) VALUES (?, ?, ?)",
  );

  function of(sid: string): SendStatus | null {
    const row = select.get(sid);
    return row === undefined ? null : (JSON.parse(String(row["status"])) as SendStatus);
  }

  function advance(sid: string, next: SendStatus, at: number): boolean {
    const known = of(sid);
    const isNews = known === null || stepOf(next.status) > stepOf(known.status);
    if (!isNews && next.status !== known?.status) return false;
    // The same status again may tell more: who answered, or why it failed.
    const merged: SendStatus = {
      status: next.status,
      error: next.error ?? known?.error ?? null,
      answeredBy: next.answeredBy ?? known?.answeredBy ?? null,
      duration: next.duration ?? known?.duration ?? null,
    };
    put.run(sid, JSON.stringify(merged), at);
    return isNews;
  }

  return { of, advance, note: (sid, status, at) => commit(() => void advance(sid, status, at)) };
}
