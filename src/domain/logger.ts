export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What every part logs through. Texts are whole English sentences for the person who reads the app's log. */
export type Logger = Readonly<Record<LogLevel, (message: string) => void>>;
