import type { PollingState } from "../../../src/inbound/polling/poll-messages.ts";
import type { NotifierState, SetupPorts } from "../../../src/panel/setup/ports.ts";
import type { SetupChecks } from "../../../src/setup/checks.ts";
import type { ChangeResult, PlanResult } from "../../../src/setup/number-webhooks.ts";
import type { TestProgress, TestDelivery } from "../../../src/setup/test-deliveries.ts";

export const ALL_GOOD: SetupChecks = {
  account: {
    kind: "known",
    name: "A house",
    isTrial: false,
    status: "active",
    balance: { amount: "12.34", currency: "USD" },
  },
  reach: { kind: "ours" },
  failure: null,
  scripts: { kind: "loaded" },
  coreEntry: "absent",
  numbers: { kind: "listed", items: [] },
};

export type TestSetup = SetupPorts["setup"] & {
  /** The result that the methods `cached` and `fresh` return. */
  known: SetupChecks | null;
  fresh: SetupChecks;
  paused: readonly NotifierState[];
  polled: PollingState | null;
  /** The user's decisions about polling on the page. */
  readonly chosen: string[];
  plan: PlanResult;
  change: ChangeResult;
  progress: TestProgress;
  readonly sent: TestDelivery[];
  /** The idempotency keys of the sent tests. */
  readonly pages: string[];
  /** How many times the checks were invalidated. */
  forgotten: number;
  /** How many times the public address was removed. */
  addressDiscarded: number;
};

/** The ports of the page Setup, which a test fills. */
export function createTestSetup(): TestSetup {
  const sent: TestDelivery[] = [];
  const pages: string[] = [];
  const setup: TestSetup = {
    known: null,
    fresh: ALL_GOOD,
    paused: [],
    polled: null,
    chosen: [],
    plan: { kind: "absent" },
    change: { kind: "done" },
    progress: { stage: "pending", to: null, status: null, error: null },
    sent,
    pages,
    forgotten: 0,
    addressDiscarded: 0,
    relayState: () => ({ kind: "none" }),
    discardAddress: () => void (setup.addressDiscarded += 1),
    checks: {
      cached: () => setup.known,
      fresh: () => Promise.resolve(setup.fresh),
      invalidate: () => void (setup.forgotten += 1),
    },
    notifiers: () => setup.paused,
    numbers: {
      plan: () => Promise.resolve(setup.plan),
      setUp: () => Promise.resolve(setup.change),
      restore: () => Promise.resolve(setup.change),
    },
    polling: {
      state: () => setup.polled,
      choose: (address, choice) => Promise.resolve(void setup.chosen.push(`${address} ${choice}`)),
    },
    contacts: () => ["Alice", "Bob & <b>Co</b>"],
    test: {
      send(test, idempotencyKey) {
        sent.push(test);
        pages.push(idempotencyKey);
        return "event_1";
      },
      progress: () => setup.progress,
    },
  };
  return setup;
}
