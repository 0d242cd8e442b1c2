import type { PanelFacts } from "./panel-facts.ts";

/** What every page needs. */
export interface PageContext {
  /** What is so at the moment of the call. */
  readonly facts: () => PanelFacts;
  /** What a form or script that changes something has to carry. */
  readonly changeToken: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
