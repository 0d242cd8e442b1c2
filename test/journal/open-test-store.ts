import { SYSTEM_CHANCE } from "../../src/app/system/chance.ts";
import { openJournal } from "../../src/journal/journal.ts";
import type { OpenJournalOptions, Journal } from "../../src/journal/journal.ts";
import { clockWith } from "../clock-with.ts";

const MANY = 1_000_000;

/** Opens a journal in memory, or in `file`. Without `limits`, its limits are too high to be reached. */
export function openTestStore(
  file = ":memory:",
  limits: { readonly messagesPerDay?: number; readonly callsPerDay?: number } = {},
  now = 0,
  start: Partial<OpenJournalOptions> = {},
): Journal {
  return openJournal(file, {
    limits: { messagesPerDay: MANY, callsPerDay: MANY, ...limits },
    clock: clockWith({ now: () => now }),
    chance: SYSTEM_CHANCE,
    bootId: "boot",
    isExpected: false,
    trust: "trusted",
    copy: null,
    ...start,
  });
}
