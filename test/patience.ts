/**
 * How long a test waits for anything, in milliseconds. A test waits for a condition, never for a time.
 * This is only the time after which a failing test gives up, so it is far longer than any wait on a busy machine.
 */
export const PATIENCE_MS = 60_000;
