import type { Journal } from "../journal.ts";
import { convertRows } from "./convert-rows.ts";
import { indexConversations } from "./index-conversations.ts";
import type { RunStepsOptions } from "./run-steps.ts";

export interface UpgradeRowsOptions extends Omit<RunStepsOptions, "step"> {
  readonly journal: Pick<Journal, "indexConversations" | "convertRows">;
}

/** Converts and indexes the rows of an older journal in small steps, until no row is left or `signal` aborts. */
export async function upgradeRows(
  { journal, clock, logger }: UpgradeRowsOptions,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([
    indexConversations({ step: journal.indexConversations, clock, logger }, signal),
    convertRows({ step: journal.convertRows, clock, logger }, signal),
  ]);
}
