import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import type { CachedCheck } from "../../setup/cached-check.ts";
import type { SetupChecks } from "../../setup/checks.ts";
import type { RelayState } from "../../setup/relay/relay-state.ts";
import type { NumberSetup } from "../../setup/set-up-number.ts";
import type { TestDelivery, TestDeliveries } from "../../setup/test-deliveries.ts";

/** What the page Setup needs, beside the state that every page shows. */
export interface SetupPorts {
  readonly setup: {
    readonly checks: CachedCheck<SetupChecks>;
    readonly notifiers: () => readonly NotifierState[];
    readonly numbers: NumberSetup;
    readonly relayState: () => RelayState;
    readonly polling: {
      /** The state of polling; null if the app does not poll. */
      readonly state: () => PollingState | null;
      /** Stores whether the messages of a number are polled. Resolves when the choice is on disk. */
      readonly choose: (address: string, choice: "on" | "off") => Promise<void>;
    };
    /** Discards a public address that was detected or is provisional. */
    readonly discardAddress: () => void;
    /** The names of the contacts, as suggestions for the test. */
    readonly contacts: () => readonly string[];
    readonly test: TestDeliveries;
  };
}

export interface NotifierState {
  readonly name: string;
  readonly type: "sms" | "call";
  /** True while Home Assistant's own platform is loaded, which would send the same messages. */
  readonly isPaused: boolean;
  /** Whether Home Assistant lacks the notifier's action; null if Home Assistant has not answered yet. */
  readonly isMissing: boolean | null;
}

/** A test as it was typed into the form, complete or not. */
export type SubmittedTest = Omit<TestDelivery, "kind"> & { readonly kind: string | undefined };
