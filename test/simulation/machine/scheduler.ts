import type { Random } from "../../random.ts";
import { drainTurn } from "./drain-turn.ts";

/** Virtual time, with everything that waits for it. Between two tasks, all work happens that needs no time. */
export interface Scheduler {
  /** Milliseconds since the beginning of the run. */
  elapsed(): number;
  /**
   * Runs `run` after `ms` milliseconds. Returns a function that cancels it. Tasks of the same time run in a random
   * order.
   */
  after(ms: number, run: () => void): () => void;
  /** Runs `run` before time passes, in the order of the calls. Other tasks that are due may come first. */
  nextTurn(run: () => void): void;
  /** Blocks the process: time passes and nothing runs. */
  block(ms: number): void;
  /** How long the process was blocked so far, in milliseconds. Its neighbours do nothing meanwhile, either. */
  blockedMs(): number;
  /** Runs all tasks that are planned until this time. */
  runUntil(elapsed: number): Promise<void>;
}

interface Task {
  readonly at: number;
  readonly tie: number;
  readonly run: () => void;
  isOff: boolean;
}

/** Time passes in steps of this many milliseconds, so that many tasks have the same time. */
const GRID_MS = 5;
/** How often a task shares a turn of the event loop with the task before it. */
const SHARED_TURN = 0.5;
/** More tasks than any run has. A run that does not end is a fault. */
const MOST_TASKS = 200_000;
/** More tasks than ever run before time passes. An app that waits for no time again and again never rests. */
const MOST_TASKS_AT_ONCE = 5_000;

/** Creates a scheduler. `random` decides the order of tasks with the same time. */
export function createScheduler(random: Random): Scheduler {
  const heap: Task[] = [];
  let turn: (() => void)[] = [];
  let now = 0;
  let blocked = 0;
  let done = 0;
  let doneNow = 0;

  function isBefore(one: Task, other: Task): boolean {
    return one.at < other.at || (one.at === other.at && one.tie < other.tie);
  }

  function push(task: Task): void {
    let index = heap.push(task) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Task;
      if (!isBefore(task, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = task;
  }

  function pop(): Task | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const isRight = right < heap.length && isBefore(heap[right] as Task, heap[left] as Task);
      const child = isRight ? right : left;
      if (!isBefore(heap[child] as Task, last)) break;
      heap[index] = heap[child] as Task;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  async function runTurn(): Promise<void> {
    while (turn.length > 0) {
      const [run] = turn.splice(0, 1);
      run?.();
      await drainTurn();
    }
  }

  return {
    elapsed: () => now,
    after(ms, run) {
      const at = Math.ceil((now + Math.max(0, ms)) / GRID_MS) * GRID_MS;
      const task = { at, tie: random.next(), run, isOff: false };
      push(task);
      return () => void (task.isOff = true);
    },
    nextTurn: (run) => void turn.push(run),
    block(ms) {
      now += ms;
      blocked += ms;
    },
    blockedMs: () => blocked,
    async runUntil(elapsed) {
      await drainTurn();
      for (;;) {
        const next = heap[0];
        const mayShare = next !== undefined && next.at <= now && random.next() < SHARED_TURN;
        if (turn.length > 0 && !mayShare) {
          await runTurn();
          continue;
        }
        if (next === undefined || next.at > elapsed) break;
        const task = pop();
        if (task === undefined || task.isOff) continue;
        if (task.at > now) doneNow = 0;
        now = Math.max(now, task.at);
        done += 1;
        doneNow += 1;
        if (doneNow > MOST_TASKS_AT_ONCE)
          throw new Error(`the app took ${MOST_TASKS_AT_ONCE} steps and no time passed`);
        if (done > MOST_TASKS) throw new Error(`${MOST_TASKS} steps, and the run does not come to rest`);
        task.run();
        await drainTurn();
      }
      now = Math.max(now, elapsed);
    },
  };
}
