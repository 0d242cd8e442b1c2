import { beforeEach, expect, test } from "vitest";

import { createPollingLog } from "../../../src/inbound/polling/polling-log.ts";

const lines: string[] = [];
const write = (line: string): void => void lines.push(line);
const logger = { debug() {}, info: write, warning: write, error: write };
let log: ReturnType<typeof createPollingLog>;
beforeEach(() => {
  lines.length = 0;
  log = createPollingLog(logger);
});

function end(...kinds: ("read" | "idle" | "away" | "refused")[]): void {
  for (const kind of kinds) log.ended({ kind } as Parameters<typeof log.ended>[0], 15_000);
}

test("a single failed round of polling is not logged", () => {
  end("away", "read", "away", "idle");
  expect(lines).toEqual([]);
});

test("several failed rounds of polling are logged once, and so is the first round that works again", () => {
  end("away", "away", "away", "read", "read");
  expect(lines).toEqual([
    "Twilio cannot be reached, so messages are not polled. The app tries again.",
    "The app can read messages from Twilio's list again.",
  ]);
});

test("if the credentials may not list messages, the app logs that fact at the first round of polling", () => {
  end("refused", "refused");
  expect(lines).toEqual([expect.stringContaining("does not allow these credentials")]);
});
