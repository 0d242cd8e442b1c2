import { maskNumber } from "../address/mask-number.ts";
import { visibleText } from "../text/visible-text.ts";
import { createLogLimit } from "./log-limit.ts";

export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Writes the log, in whole English sentences for users. A line that a request to the public port can cause needs a
 * `reason`, a constant of a few words. Lines with the same reason are limited to one a minute, with a count.
 */
export type Logger = Readonly<Record<LogLevel, (message: string, reason?: string) => void>>;

/**
 * The longest line with a `reason`, in characters. So strangers can fill at most 100 kB of log in a minute: 50 reasons
 * with two lines each.
 */
const MAX_LIMITED_LENGTH = 700;

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  /** Texts that the logger replaces by `[secret]` in every message. It ignores texts of fewer than four characters. */
  readonly secrets: readonly string[];
  readonly now: () => Date;
  /** Calls `run` one time, after `ms` milliseconds. Does not keep the process alive. */
  readonly after: (ms: number, run: () => void) => void;
}

/**
 * Makes a logger that writes one line for each message, such as `2026-11-24 14:20:01 INFO    …` in local time. Masks
 * secrets and phone numbers. Escapes invisible characters, so that nobody can forge or rearrange lines.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { level, write, secrets, now, after } = options;
  const least = LOG_LEVELS.indexOf(level);
  const hidden = secrets.filter((secret) => secret.length > 3);
  const limitLog = createLogLimit(after);

  function log(as: LogLevel, message: string, reason: string | undefined): void {
    if (LOG_LEVELS.indexOf(as) < least) return;
    if (reason === undefined) return writeLine(as, cleaned(message));
    limitLog(reason, message, (limited, more) => {
      const text = cleaned(limited);
      const cut = text.length <= MAX_LIMITED_LENGTH ? text : `${text.slice(0, MAX_LIMITED_LENGTH)}…`;
      writeLine(as, cut + more);
    });
  }

  function cleaned(message: string): string {
    let text = message;
    for (const secret of hidden) text = text.replaceAll(secret, "[secret]");
    text = maskNumber(text.replace(/\b(Basic|Bearer) [\w+/=.-]+/g, "$1 [secret]"));
    return visibleText(text.replace(/[\r\n]+/g, " "));
  }

  function writeLine(as: LogLevel, text: string): void {
    write(`${localTime(now())} ${as.toUpperCase().padEnd(7)} ${text}`);
  }

  return {
    debug: (message, reason) => log("debug", message, reason),
    info: (message, reason) => log("info", message, reason),
    warning: (message, reason) => log("warning", message, reason),
    error: (message, reason) => log("error", message, reason),
  };
}

function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
