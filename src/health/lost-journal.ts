import type { JournalLoss } from "./notification.ts";

/** The stored data about the loss of an earlier journal (the app's database). */
export interface LostJournal {
  /** When the app found the loss, in milliseconds since 1970. */
  readonly at: number;
  /**
   * The details if this start found the loss; null if an earlier start found it. `wasDamaged`: whether the journal was
   * damaged. `copiedAt`: when the backup copy that replaces the journal was made; null if no copy replaces it.
   */
  readonly atThisStart: { readonly wasDamaged: boolean; readonly copiedAt: Date | null } | null;
}

/**
 * Describes the last loss of a journal. Returns null if no journal was lost. `lostAt`: when the app found the last
 * loss, in milliseconds since 1970; null if no journal was lost. `loss`: the loss that this start has found; null if it
 * has found none.
 */
export function lostJournalOf(lostAt: number | null, loss: JournalLoss | null): LostJournal | null {
  if (lostAt === null) return null;
  if (loss === null) return { at: lostAt, atThisStart: null };
  return { at: lostAt, atThisStart: { wasDamaged: loss.damagedFile !== null, copiedAt: loss.copiedAt } };
}
