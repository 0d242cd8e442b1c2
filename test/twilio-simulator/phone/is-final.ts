const FINAL: readonly string[] = ["completed", "busy", "failed", "no-answer", "canceled"];

/** Whether nothing more happens to a call in this state. */
export function isFinal(status: string): boolean {
  return FINAL.includes(status);
}
