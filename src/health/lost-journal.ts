import type { JournalLoss } from "./notification.ts";

/** That an earlier journal was lost. */
export interface LostJournal {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Found at this start: whether it was damaged, and when the copy in its place was made. Null for an earlier start. */
  readonly atThisStart: { readonly wasDamaged: boolean; readonly copiedAt: Date | null } | null;
}

/** `lostAt`: when a journal was last lost, in milliseconds since 1970; `loss`: how, if that was at this start. */
export function lostJournalOf(lostAt: number | null, loss: JournalLoss | null): LostJournal | null {
  if (lostAt === null) return null;
  if (loss === null) return { at: lostAt, atThisStart: null };
  return { at: lostAt, atThisStart: { wasDamaged: loss.damagedFile !== null, copiedAt: loss.copiedAt } };
}
