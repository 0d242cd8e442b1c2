import type { DocsHouse } from "./start-docs-house.ts";

/** How a documented automation is started, and what must have happened when it has run. */
export interface Scenario {
  readonly cause: (house: DocsHouse) => Promise<unknown>;
  readonly effect: (house: DocsHouse) => Promise<unknown>;
  /** Starts the automation in a case in which its conditions must stop it. */
  readonly stranger?: (house: DocsHouse) => Promise<unknown>;
  /** Whether a person answers the calls that the house makes. */
  readonly answers?: true;
}
