import type { DocsHouse } from "./start-docs-house.ts";

/** What starts a documented automation, and what must have happened when it has run. */
export interface Scenario {
  readonly cause: (house: DocsHouse) => Promise<unknown>;
  readonly effect: (house: DocsHouse) => Promise<unknown>;
  /** Starts it, too, and is none of what it is for: its conditions stop it. */
  readonly stranger?: (house: DocsHouse) => Promise<unknown>;
  /** It answers the calls that the house makes; otherwise nobody does. */
  readonly answers?: true;
}
