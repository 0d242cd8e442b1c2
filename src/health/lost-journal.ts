import type { JournalLoss } from "./notification.ts";

/** What the app knows about the loss of an earlier journal (its database). */
export interface LostJournal {
  /** When the app found the loss, in milliseconds since 1970. */
  readonly at: number;
  /**
   * If the loss was found at this start: whether the journal was damaged, and when the copy was made that replaces it.
   * Null if it was found at an earlier start.
   */
  readonly atThisStart: { readonly wasDamaged: boolean; readonly copiedAt: Date | null } | null;
}

/**
 * Describes the last loss of a journal; null if none was lost. `lostAt`: when it was found, in milliseconds since 1970.
 * `loss`: the loss that this start has found; null if it has found none.
 */
export function lostJournalOf(lostAt: number | null, loss: JournalLoss | null): LostJournal | null {
  if (lostAt === null) return null;
  if (loss === null) return { at: lostAt, atThisStart: null };
  return { at: lostAt, atThisStart: { wasDamaged: loss.damagedFile !== null, copiedAt: loss.copiedAt } };
}
