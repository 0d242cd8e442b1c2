export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * What every part logs through. Texts are whole English sentences for the person who reads the app's log. A line that
 * a request to the public port can cause has a `reason`, a constant word or two: of one reason a line is written once a
 * minute, with a count, whatever is sent.
 */
export type Logger = Readonly<Record<LogLevel, (message: string, reason?: string) => void>>;
