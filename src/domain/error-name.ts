/** The name of an error, for logs and results. The message of an error may repeat a text or a number. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}
