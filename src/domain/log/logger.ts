import { maskNumber } from "../address/mask-number.ts";
import { visibleText } from "../text/visible-text.ts";
import { createLogLimit } from "./log-limit.ts";

export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * What every part logs through. Texts are whole English sentences for the person who reads the app's log. A line that
 * a request to the public port can cause has a `reason`, a constant word or two: of one reason a line is written once a
 * minute, with a count, whatever is sent.
 */
export type Logger = Readonly<Record<LogLevel, (message: string, reason?: string) => void>>;

/**
 * Characters of a line that somebody outside can cause. All that are limited together, fifty written twice within a
 * minute, stay below 100 kB.
 */
const LONGEST_LIMITED = 700;

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  /** Texts that must never be seen, whoever puts them into a message. */
  readonly secrets: readonly string[];
  readonly now: () => Date;
  /** Runs something once, `ms` later, unless the process has ended by then. */
  readonly after: (ms: number, run: () => void) => void;
}

/**
 * Writes one line a message, `2026-11-24 14:20:01 INFO    …` in local time, without secrets and phone numbers. What is
 * invisible is written out, so that nobody who sends something can write lines of their own or rearrange one.
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
      const cut = text.length <= LONGEST_LIMITED ? text : `${text.slice(0, LONGEST_LIMITED)}…`;
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
