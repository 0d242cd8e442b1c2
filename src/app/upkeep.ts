import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Journal } from "../journal/journal.ts";
import { pruneHistory } from "../journal/upkeep/prune.ts";
import { upgradeRows } from "../journal/upkeep/upgrade-rows.ts";
import type { Options } from "../options/options.ts";
import type { DataFolder } from "./process/data-folder.ts";

export interface UpkeepDependencies {
  readonly options: Pick<Options, "historyDays">;
  readonly journal: Journal;
  readonly prune: DataFolder["prune"];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Removes what is too old from the journal, and converts what an earlier version wrote, until `signal` aborts. */
export function startUpkeep(parts: UpkeepDependencies, signal: AbortSignal): void {
  const { options, journal, prune, clock, logger } = parts;
  void pruneHistory({ historyDays: options.historyDays, step: prune, clock, logger }, signal);
  void upgradeRows({ journal, clock, logger }, signal);
}
