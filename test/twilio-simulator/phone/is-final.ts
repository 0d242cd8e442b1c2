const FINAL: readonly string[] = ["completed", "busy", "failed", "no-answer", "canceled"];

/** Whether a call with this status has ended. */
export function isFinal(status: string): boolean {
  return FINAL.includes(status);
}
