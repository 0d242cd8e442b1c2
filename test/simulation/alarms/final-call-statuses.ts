/** The statuses with which a call ends. */
export const FINAL_CALL_STATUSES: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "no-answer",
  "failed",
  "canceled",
]);
