import type { Clock } from "../domain/clock.ts";
import type { PublishEvent } from "../domain/events/app-event.ts";
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
  readonly publish: PublishEvent;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Removes old content from the journal (the app's database) and converts rows of earlier versions, until `signal`
 * aborts.
 */
export function startUpkeep(parts: UpkeepDependencies, signal: AbortSignal): void {
  const { options, journal, prune, publish, clock, logger } = parts;
  const step: DataFolder["prune"] = async (before, at) => {
    const isMore = await prune(before, at);
    publish({ kind: "history_pruned" });
    return isMore;
  };
  void pruneHistory({ historyDays: options.historyDays, step, clock, logger }, signal);
  void upgradeRows({ journal, clock, logger }, signal);
}
