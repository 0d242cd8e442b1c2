import type { Effect } from "../machine/effects.ts";

/** Counts, over many runs, which fault met which state, and what the app did next. */
export interface Coverage {
  /** How often each combination occurred, by `state, fault, next step`. */
  readonly triples: Map<string, number>;
}

/** An empty count. */
export function createCoverage(): Coverage {
  return { triples: new Map() };
}

export interface CoverageWatch {
  /** A fault has begun. */
  fault(fault: string): void;
  /** The app does something that can be noticed. */
  effect(effect: Effect): void;
}

/** Effects of every start and every pause. They do not show what a fault led to. */
const ROUTINE: ReadonlySet<Effect> = new Set(["connects", "listens", "has committed", "a wait ends"]);

/** Notes triples of one run into `coverage`. `state`: of the app and its neighbours, in a word or two. */
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

/** The combinations that were never reached, of all states, faults and next steps that occurred and can go together. */
export interface Unreached {
  /** The number of combinations of all three. */
  readonly triples: number;
  /** Those of them whose state and fault did meet. */
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

/** An effect is the sign of a state: who hears a webhook has one, and who is asked to send was asked. */
function canMeet(state: string, fault: string): boolean {
  if (/as it (hears|answers) a webhook$/.test(fault)) return /webhook|both/.test(state);
  if (/as it asks Twilio to/.test(fault)) return /asked|both/.test(state);
  if (/as it (hears|sends) a frame$/.test(fault)) return !state.startsWith("down");
  return true;
}

/** A new life has not yet asked or heard anything that it could hear an answer to, or give one. */
function canFollow(fault: string, next: string): boolean {
  return !(/^(kill|power) /.test(fault) && /^(hears an answer|answers a webhook)$/.test(next));
}
