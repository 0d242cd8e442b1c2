import type { DatabaseSync } from "node:sqlite";

import type { Clock } from "../../domain/clock.ts";
import { createGrowthCheck } from "./disk-room.ts";
import type { JournalDatabase } from "./open.ts";

/**
 * Runs `work` in the next transaction and resolves with its result when that is on the disk; rejects with what `work`
 * or the disk has against it, and then nothing of it is kept. `work` may run twice, so it touches the journal only.
 */
export type Commit = <Result>(work: () => Result) => Promise<Result>;

export interface GroupCommit {
  /** At the end of this turn of the event loop. */
  readonly commit: Commit;
  /** With the next transaction, whoever asks for that, or soon: for what nobody waits for. */
  readonly commitSoon: Commit;
  /** Whether a transaction failed since all was well: perhaps the disk is full, though small ones may still fit. */
  readonly hasFailed: () => boolean;
  readonly lastCommitSucceeded: () => void;
}

/** How long, in milliseconds, what nobody waits for may wait for company. */
const SOON_MS = 10;

interface Waiting {
  readonly run: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Syncing the disk is what takes time, so all that comes in one turn of the event loop shares one transaction: one
 * webhook is committed at once, a hundred cost hardly more than one.
 */
export function createGroupCommit(
  journal: JournalDatabase,
  clock: Clock,
  onError: (error: unknown) => void,
): GroupCommit {
  let waiting: Waiting[] = [];
  let isDue = false;
  let soon: AbortController | null = null;
  let hasFailed = false;
  const checkGrowth = createGrowthCheck(journal.location());

  function transact(work: () => void): void {
    checkGrowth();
    inTransaction(journal, work);
  }

  function flush(): void {
    const group = waiting;
    waiting = [];
    isDue = false;
    soon?.abort();
    soon = null;
    if (group.length === 0) return;
    try {
      transact(() => {
        for (const { run } of group) run();
      });
    } catch (error) {
      hasFailed = true;
      onError(error);
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) commitAlone(one);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  async function flushSoon(): Promise<void> {
    soon = new AbortController();
    const { signal } = soon;
    await clock.wait(SOON_MS, signal);
    // Aborted by an earlier flush: what has come since belongs to the next one.
    if (!signal.aborted) flush();
  }

  /** One faulty work must not cost the others their place. */
  function commitAlone({ run, resolve, reject }: Waiting): void {
    try {
      transact(run);
    } catch (error) {
      onError(error);
      reject(error);
      return;
    }
    resolve();
  }

  function add<Result>(work: () => Result): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    let result: Result;
    const run = (): void => {
      result = work();
    };
    waiting.push({ run, resolve: () => resolve(result), reject });
    return promise;
  }

  return {
    commit(work) {
      if (!isDue) clock.nextTurn(flush);
      isDue = true;
      return add(work);
    },
    commitSoon(work) {
      if (!isDue && soon === null) void flushSoon();
      return add(work);
    },
    hasFailed: () => hasFailed,
    lastCommitSucceeded: () => void (hasFailed = false),
  };
}

/** Runs `work` in one transaction: all of it is on the disk when this returns, or nothing when it throws. */
export function inTransaction<Result>(journal: DatabaseSync, work: () => Result): Result {
  journal.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    journal.exec("COMMIT");
    return result;
  } catch (error) {
    if (journal.isTransaction) journal.exec("ROLLBACK");
    throw error;
  }
}
