/** How copying the journal for a backup went. */
export interface CopyReport {
  /** When, ISO 8601. */
  readonly at: string;
  /** What went wrong, a sentence; null where the copy was made. */
  readonly error: string | null;
  /** Of the copy; null where none was made. */
  readonly bytes: number | null;
}
