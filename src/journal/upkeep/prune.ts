import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { createCommandConverter } from "./convert-rows.ts";

/** How many rows one step reads. A short step does not delay a webhook noticeably. */
const STEP = 200;
/**
 * The app keeps each `request_id` for at least this time, in milliseconds, even if `history_days` is shorter. For this
 * time, the app recognizes a repeated request.
 */
const IDS_STORED_MS = 7 * 86_400_000;

/**
 * Creates a function that removes old content, step by step. Never removes dedupe keys, or events and commands that are
 * not finished.
 *
 * @returns a function that does one step. It takes the time before which content is old and the present time, both in
 *   milliseconds since 1970. It resolves to whether more events or commands may be old
 */
export function createPruneStep(journal: JournalDatabase, commit: Commit) {
  const events = journal.prepare(
    `SELECT seq, received_at, state IN ('pending', 'firing') AS isOpen FROM events WHERE seq > ? ORDER BY seq LIMIT ${STEP}`,
  );
  const removeEvent = journal.prepare("DELETE FROM events WHERE seq = ?");
  const commands = journal.prepare(
    `SELECT seq, received_at, finished_at IS NULL AS isOpen FROM commands WHERE seq > ? ORDER BY seq LIMIT ${STEP}`,
  );
  const removeCommand = journal.prepare("DELETE FROM commands WHERE seq = ?");
  const convertCommand = createCommandConverter(journal);
  const removeContent = journal.prepare(
    `UPDATE sends SET request = json_remove(request, '$.content'), result = json_remove(result, '$.content'),
       entry = NULL WHERE command_seq = ?`,
  );
  const removeResultContent = journal.prepare(
    "UPDATE commands SET result = json_remove(result, '$.content') WHERE seq = ? AND result IS NOT NULL",
  );

  /**
   * Creates a function that reads one step of rows in their order, and removes those that are old and finished. It
   * stops at the first young row, but not at a row from the future, which a wrong clock may have written. It returns
   * the number of the last row that it read, or 0 if no older rows are left.
   */
  function createWalk(select: typeof events, remove: (seq: number) => void) {
    return (after: number, before: number, now: number): number => {
      let reached = after;
      const rows = select.all(after);
      for (const row of rows) {
        const receivedAt = Number(row["received_at"]);
        if (receivedAt >= before && receivedAt <= now) break;
        reached = Number(row["seq"]);
        if (row["isOpen"] === 0 && receivedAt < before) remove(reached);
      }
      return rows.length === STEP && reached === rows.at(-1)?.["seq"] ? reached : 0;
    };
  }

  // Removes statuses that are too old for any request to wait for them.
  const removeStatuses = journal.prepare(
    `DELETE FROM latest_statuses WHERE sid IN (SELECT sid FROM latest_statuses WHERE told_at < ? LIMIT ${STEP})`,
  );
  const removeAlarms = journal.prepare(
    `DELETE FROM alarms WHERE id IN
       (SELECT id FROM alarms WHERE started_at < ? AND is_settled = 1 LIMIT ${STEP})`,
  );
  const removeEnds = journal.prepare("DELETE FROM ended_calls WHERE ended_at < ?");
  const removeSteps = journal.prepare("DELETE FROM talk_steps WHERE command_seq = ?");
  // Removes waiting requests that are so old that their deadline is over.
  const removeInboxRequests = journal.prepare("DELETE FROM heard_requests WHERE heard_at < ?");
  const walkEvents = createWalk(events, (seq) => void removeEvent.run(seq));
  const walkCommands = createWalk(commands, (seq) => void removeCommand.run(seq));
  const walkTexts = createWalk(commands, (seq) => {
    // The row may still have the form of schema version 6, so convert it first.
    convertCommand(seq);
    removeContent.run(seq);
    removeSteps.run(seq);
    removeResultContent.run(seq);
  });

  let reached: readonly number[] = [0, 0, 0];
  return async (before: number, now: number): Promise<boolean> => {
    const idsBefore = Math.min(before, now - IDS_STORED_MS);
    const [event = 0, command = 0, text = 0] = reached;
    reached = await commit(() => {
      removeInboxRequests.run(idsBefore);
      removeStatuses.run(idsBefore);
      removeEnds.run(idsBefore);
      removeAlarms.run(before);
      return [
        walkEvents(event, before, now),
        walkCommands(command, idsBefore, now),
        before > idsBefore ? walkTexts(text, before, now) : 0,
      ];
    });
    return reached.some((seq) => seq > 0);
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * The pause between two steps (small parts of the removal), in milliseconds. During the pause, the app can answer
 * webhooks.
 */
const PAUSE_MS = 50;

export interface PruneHistoryOptions {
  readonly historyDays: number;
  readonly step: (before: number, now: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Removes content that is older than `history_days`, every hour and in small steps, until `signal` aborts. */
export async function pruneHistory(options: PruneHistoryOptions, signal: AbortSignal): Promise<void> {
  const { historyDays, step, clock, logger } = options;
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await step(clock.now() - historyDays * DAY_MS, clock.now())))
        await clock.wait(PAUSE_MS, signal);
    } catch (error) {
      logger.warning(`The app could not remove old history, and tries again in an hour: ${String(error)}`);
    }
    await clock.wait(HOUR_MS, signal);
  }
}
