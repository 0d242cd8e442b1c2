/** How an earlier journal came to be gone at a start. */
export interface JournalLoss {
  /** Where a damaged journal was moved to; null for one that was missing. */
  readonly damagedFile: string | null;
  /** When the copy was made that has taken its place; null where a new one is begun. */
  readonly copiedAt: Date | null;
}
