import { describe, expect, test } from "vitest";

import { createLogger } from "../../../src/domain/log/logger.ts";
import { LOG_LEVELS } from "../../../src/domain/log/logger.ts";
import type { LogLevel } from "../../../src/domain/log/logger.ts";

function createTestLogger(level: LogLevel = "debug", secrets: readonly string[] = []) {
  const lines: string[] = [];
  let later: (() => void)[] = [];
  const logger = createLogger({
    level,
    write: (line) => void lines.push(line),
    secrets,
    now: () => new Date(),
    after: (_ms, run) => void later.push(run),
  });
  return {
    logger,
    lines,
    /** The log lines without their time. */
    texts: () => lines.map((line) => line.slice(20)),
    /** Moves the clock forward by a minute. */
    nextMinute() {
      const due = later;
      later = [];
      for (const run of due) run();
    },
  };
}

describe("log lines that strangers can cause with requests to the public port", () => {
  test.each(LOG_LEVELS)(
    "are written once a minute for each reason at level %s, with the number of omitted lines",
    (level) => {
      const { logger, texts, nextMinute } = createTestLogger();
      for (let count = 1; count <= 1_206; count += 1) logger[level](`Refused number ${count}.`, "refused");
      const head = level.toUpperCase().padEnd(7);
      expect(texts()).toEqual([`${head} Refused number 1.`]);
      nextMinute();
      expect(texts().slice(1)).toEqual([
        `${head} Refused number 1206. (and 1,204 more like this within a minute)`,
      ]);
    },
  );

  test("continue with one line a minute while the requests continue, and begin again after a quiet minute", () => {
    const { logger, texts, nextMinute } = createTestLogger("info");
    logger.info("a", "same");
    logger.info("b", "same");
    nextMinute();
    logger.info("c", "same");
    logger.info("d", "same");
    expect(texts()).toEqual(["INFO    a", "INFO    b"]);
    nextMinute();
    expect(texts().slice(2)).toEqual(["INFO    d (and 1 more like this within a minute)"]);
    nextMinute();
    logger.info("e", "same");
    expect(texts().slice(3)).toEqual(["INFO    e"]);
  });

  test("do not delay lines with another reason or without a reason", () => {
    const { logger, texts } = createTestLogger("info");
    logger.info("a", "one");
    logger.info("b", "two");
    logger.info("c");
    logger.info("c");
    expect(texts()).toEqual(["INFO    a", "INFO    b", "INFO    c", "INFO    c"]);
  });

  test("are cut if they are long, and never contain a part of a secret", () => {
    const { logger, lines } = createTestLogger("info", ["0123456789abcdef"]);
    logger.warning(`${"x".repeat(693)}0123456789abcdef`, "long");
    expect(lines[0]).toMatch(/x\[secret…$/);
  });

  test("have less than 100 kB a minute, whatever the requests contain", () => {
    const { logger, lines, nextMinute } = createTestLogger();
    for (let index = 0; index < 20_000; index += 1) {
      logger[LOG_LEVELS[index % 4] ?? "info"](`${index} ${"\u202e".repeat(20_000)}`, `reason ${index % 999}`);
    }
    nextMinute();
    expect(Buffer.byteLength(lines.join("\n"))).toBeLessThan(100_000);
  });
});

test.each([
  ["a colour", "\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
  ["a backspace", "ab\u0008\u0008cd", "ab\\u0008\\u0008cd"],
  ["the C1 control that begins a command", "x\u009b2J", "x\\u009b2J"],
  ["the next line of old terminals", "x\u0085y", "x\\u0085y"],
  ["a turn of direction", "abc\u202etxt.exe", "abc\\u202etxt.exe"],
  ["an isolate", "\u2066a\u2069", "\\u2066a\\u2069"],
  ["marks of direction", "\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"],
  ["spaces of no width", "a\u200bb\u2060c\ufeffd", "a\\u200bb\\u2060c\\ufeffd"],
  ["separators of lines", "a\u2028b\u2029c", "a\\u2028b\\u2029c"],
  ["letters that show nothing", "\u115f\u3164\uffa0\u2800", "\\u115f\\u3164\\uffa0\\u2800"],
  ["half a surrogate pair", "a\ud83db", "a\\ud83db"],
  ["a tag", "a\u{e0041}b", "a\\u{e0041}b"],
  ["NUL", "a\u0000b", "a\\u0000b"],
])("the log escapes %s in a line", (_what, message, shown) => {
  const { logger, texts } = createTestLogger();
  logger.info(message);
  logger.info(message, "limited");
  expect(texts()).toEqual([`INFO    ${shown}`, `INFO    ${shown}`]);
});

test("the log does not escape letters of any language or emoji", () => {
  const { logger, texts } = createTestLogger();
  logger.info("Grüße an 日本, שלום 🚪");
  expect(texts()).toEqual(["INFO    Grüße an 日本, שלום 🚪"]);
});

test("the log writes a message of several lines as one line", () => {
  const { logger, texts } = createTestLogger();
  logger.info("one\r\nERROR   two");
  expect(texts()).toEqual(["INFO    one ERROR   two"]);
});
