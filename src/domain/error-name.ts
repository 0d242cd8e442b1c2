/**
 * Returns the name of an error, for logs and results. They must not contain an error's message, which may repeat a
 * message text or a phone number.
 */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}
