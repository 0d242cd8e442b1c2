import type { JournalLoss } from "./notification.ts";

/** The stored data about the loss of an earlier journal (the app's database). */
export interface LostJournal {
  /** When the app found the loss, in milliseconds since 1970. */
  readonly at: number;
  /**
   * The details if this start found the loss; null if an earlier start found it. `wasDamaged`: whether the journal was
   * damaged. `copiedAt`: when the backup copy was made that replaces the journal; null if none does.
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
