import { LOG_LEVELS } from "./logger.ts";
import type { Logger, LogLevel } from "./logger.ts";
import { maskNumber } from "./mask-number.ts";

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  /** Texts that must never be seen, whoever puts them into a message. */
  readonly secrets: readonly string[];
  readonly now?: () => Date;
}

/** Writes one line a message, `2026-11-24 14:20:01 INFO    …` in local time, without secrets and phone numbers. */
export function createLogger({ level, write, secrets, now = () => new Date() }: LoggerOptions): Logger {
  const least = LOG_LEVELS.indexOf(level);
  const hidden = secrets.filter((secret) => secret.length > 3);

  function log(as: LogLevel, message: string): void {
    if (LOG_LEVELS.indexOf(as) < least) return;
    let text = message;
    for (const secret of hidden) text = text.replaceAll(secret, "[secret]");
    text = maskNumber(text.replace(/\b(Basic|Bearer) [\w+/=.-]+/g, "$1 [secret]"));
    // Whoever sends a webhook must not be able to write lines of his own.
    text = text.replace(/[\r\n\u2028\u2029]+/g, " ");
    write(`${localTime(now())} ${as.toUpperCase().padEnd(7)} ${text}`);
  }

  return {
    debug: (message) => log("debug", message),
    info: (message) => log("info", message),
    warning: (message) => log("warning", message),
    error: (message) => log("error", message),
  };
}

function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
