import type { JournalLoss } from "./notification.ts";

/** The loss of an earlier journal. */
export interface LostJournal {
  /** When the loss was found, in milliseconds since 1970. */
  readonly at: number;
  /** The loss at this start: whether the journal was damaged, and the age of the copy in its place. Null if earlier. */
  readonly atThisStart: { readonly wasDamaged: boolean; readonly copiedAt: Date | null } | null;
}

/** `lostAt`: when a journal was last lost, in milliseconds since 1970; `loss`: null if that was not at this start. */
export function lostJournalOf(lostAt: number | null, loss: JournalLoss | null): LostJournal | null {
  if (lostAt === null) return null;
  if (loss === null) return { at: lostAt, atThisStart: null };
  return { at: lostAt, atThisStart: { wasDamaged: loss.damagedFile !== null, copiedAt: loss.copiedAt } };
}
