import type { RelayPorts } from "../../../src/panel/relay/routes.tsx";
import type { RelayPlan, RelayState } from "../../../src/setup/relay/relay-state.ts";

export interface TestRelay {
  present: RelayState;
  next: RelayPlan;
  /** The buttons that were pressed, with the ticked numbers. */
  readonly pressed: string[];
  readonly state: RelayPorts["relay"]["state"];
  readonly plan: RelayPorts["relay"]["plan"];
  readonly setUp: RelayPorts["relay"]["setUp"];
  readonly remove: RelayPorts["relay"]["remove"];
  readonly usage: RelayPorts["relay"]["usage"];
}

/** A relay whose state a test sets. */
export function createTestRelay(): TestRelay {
  const relay: TestRelay = {
    present: { kind: "none" },
    next: { kind: "no_address" },
    pressed: [],
    state: () => relay.present,
    plan: () => Promise.resolve(relay.next),
    setUp: (numbers) => void relay.pressed.push(`set up ${numbers.join(" ")}`.trim()),
    remove: () => void relay.pressed.push("remove"),
    usage: () => Promise.resolve({ kind: "listed", items: [] }),
  };
  return relay;
}
