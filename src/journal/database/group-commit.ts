import type { DatabaseSync } from "node:sqlite";

import type { Clock } from "../../domain/clock.ts";
import { createGrowthCheck } from "./disk-room.ts";
import type { JournalDatabase } from "./open.ts";

/**
 * Runs `work` in the next transaction. Resolves with the result of `work` when the transaction is on the disk; rejects
 * if nothing was stored. `work` may run twice, so it must change nothing except the journal.
 */
export type Commit = <Result>(work: () => Result) => Promise<Result>;

export interface GroupCommit {
  /** Commits at the end of the present turn of the event loop. */
  readonly commit: Commit;
  /** Commits with the next transaction, or after about 10 ms. Meant for writes whose caller does not wait. */
  readonly commitSoon: Commit;
  /**
   * Whether a transaction has failed since the last call of `lastCommitSucceeded`. A later transaction does not change
   * this, because a small one may succeed although the disk is almost full.
   */
  readonly hasFailed: () => boolean;
  readonly lastCommitSucceeded: () => void;
}

/** How long `commitSoon` waits for another transaction, in milliseconds. */
const SOON_MS = 10;

interface Waiting {
  readonly run: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects all writes of one turn of the event loop in one transaction, because syncing the disk takes most of the
 * time. One webhook is committed without a delay, and a hundred webhooks take hardly longer.
 *
 * @param onError is called with each error of a transaction
 */
export function createGroupCommit(
  journal: JournalDatabase,
  clock: Clock,
  onError: (error: unknown) => void,
): GroupCommit {
  let waiting: Waiting[] = [];
  let isDue = false;
  let isSoon = false;
  // A signal that never aborts. Aborting the waits would create an error with a stack trace for each webhook.
  const { signal: never } = new AbortController();
  let hasFailed = false;
  const checkGrowth = createGrowthCheck(journal.location());
  const inOneTransaction = prepareTransaction(journal);

  function transact(work: () => void): void {
    checkGrowth();
    inOneTransaction(work);
  }

  function flush(): void {
    const group = waiting;
    waiting = [];
    isDue = false;
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
    isSoon = true;
    let group: readonly Waiting[];
    do {
      group = waiting;
      await clock.wait(SOON_MS, never);
      // If another transaction has committed the writes in `group`, wait again for the writes that came later.
    } while (group !== waiting && waiting.length > 0);
    isSoon = false;
    flush();
  }

  /**
   * Commits one write of a failed group in its own transaction, so that one faulty write does not make the others fail.
   */
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
      if (!isDue && !isSoon) void flushSoon();
      return add(work);
    },
    hasFailed: () => hasFailed,
    lastCommitSucceeded: () => void (hasFailed = false),
  };
}

/**
 * Runs `work` in one transaction. When this returns, all changes of `work` are on the disk. If `work` throws, none is
 * stored.
 */
export function inTransaction<Result>(journal: DatabaseSync, work: () => Result): Result {
  return prepareTransaction(journal)(work);
}

/** Prepares the statements of `inTransaction`, because SQLite takes several microseconds to parse each of them. */
function prepareTransaction(journal: DatabaseSync): <Result>(work: () => Result) => Result {
  const begin = journal.prepare("BEGIN IMMEDIATE");
  const commit = journal.prepare("COMMIT");
  return (work) => {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      if (journal.isTransaction) journal.exec("ROLLBACK");
      throw error;
    }
  };
}
