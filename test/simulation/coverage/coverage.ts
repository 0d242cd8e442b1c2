import type { Effect } from "../machine/effects.ts";

/** Counts, over many runs, which faults came in which states, and what the app did next. */
export interface Coverage {
  /** How often each combination occurred, by `state, fault, next step`. */
  readonly triples: Map<string, number>;
}

/** An empty count. */
export function createCoverage(): Coverage {
  return { triples: new Map() };
}

export interface CoverageWatch {
  /** Notes that a fault has begun. */
  fault(fault: string): void;
  /** Notes that the app does something that others can notice. */
  effect(effect: Effect): void;
}

/** Effects of every start and every pause, which do not show the consequence of a fault. */
const ROUTINE: ReadonlySet<Effect> = new Set(["connects", "listens", "has committed", "a wait ends"]);

/**
 * Counts the triples of one run in `coverage`. `state` returns the state of the app and its neighbours in one or two
 * words.
 */
export function watchCoverage(coverage: Coverage, state: () => string): CoverageWatch {
  let open: string[] = [];
  return {
    fault: (fault) => void open.push(`${state()}, ${fault}`),
    effect(effect) {
      if (open.length === 0 || ROUTINE.has(effect)) return;
      for (const begun of open) {
        const triple = `${begun}, ${effect}`;
        coverage.triples.set(triple, (coverage.triples.get(triple) ?? 0) + 1);
      }
      open = [];
    },
  };
}

/** The combinations that no run has reached, of all states, faults and next steps that can occur together. */
export interface Unreached {
  /** The number of combinations of all three. */
  readonly triples: number;
  /** The combinations whose state and fault did occur together. */
  readonly nextSteps: readonly string[];
  /** Faults that never occurred in a state, by state. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
}

/** Finds the combinations that no run has reached. */
export function neverReached({ triples }: Coverage): Unreached {
  const reached = [...triples.keys()].map((triple) => triple.split(", "));
  const [states = [], faults = [], nexts = []] = [0, 1, 2].map((part) =>
    [...new Set(reached.map((parts) => parts[part] ?? ""))].toSorted(),
  );
  const pairs = new Set(reached.map(([state, fault]) => `${state}, ${fault}`));
  const missing = states.map((state): [string, string[]] => [
    state,
    faults.filter((fault) => canMeet(state, fault) && !pairs.has(`${state}, ${fault}`)),
  ]);
  const unreached = states.flatMap((state) =>
    faults
      .filter((fault) => canMeet(state, fault))
      .flatMap((fault) =>
        nexts
          .filter((next) => canFollow(fault, next) && !triples.has(`${state}, ${fault}, ${next}`))
          .map((next) => ({ pair: `${state}, ${fault}`, next })),
      ),
  );
  return {
    triples: unreached.length,
    nextSteps: unreached.filter(({ pair }) => pairs.has(pair)).map(({ pair, next }) => `${pair}, ${next}`),
    faults: new Map(missing.filter(([, never]) => never.length > 0)),
  };
}

/** Whether a fault can occur in a state. An effect implies a state: an app that receives a webhook has one. */
function canMeet(state: string, fault: string): boolean {
  if (/as it (hears|answers) a webhook$/.test(fault)) return /webhook|both/.test(state);
  if (/as it asks Twilio to/.test(fault)) return /asked|both/.test(state);
  if (/as it (hears|sends) a frame$/.test(fault)) return !state.startsWith("down");
  return true;
}

/** Whether a next step can follow a fault. A restarted app has not sent a request yet, so it cannot get an answer. */
function canFollow(fault: string, next: string): boolean {
  return !(/^(kill|power) /.test(fault) && /^(hears an answer|answers a webhook)$/.test(next));
}
