import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import type { CachedCheck } from "../../setup/cached-check.ts";
import type { SetupChecks } from "../../setup/checks.ts";
import type { RelayState } from "../../setup/relay/relay-state.ts";
import type { NumberSetup } from "../../setup/set-up-number.ts";
import type { TestDelivery, TestDeliveries } from "../../setup/test-deliveries.ts";

/** The data and actions that the page Setup uses beside the state that every page shows. */
export interface SetupPorts {
  readonly setup: {
    readonly checks: CachedCheck<SetupChecks>;
    readonly notifiers: () => readonly NotifierState[];
    readonly numbers: NumberSetup;
    readonly relayState: () => RelayState;
    readonly polling: {
      /** Returns the state of polling (reading messages from Twilio's list); null if the app does not poll. */
      readonly state: () => PollingState | null;
      /**
       * Stores the user's choice whether the app polls the messages of a number. Resolves when the choice is on the
       * disk.
       */
      readonly choose: (address: string, choice: "on" | "off") => Promise<void>;
    };
    /** Discards a public address that the app has detected, so that it detects a new one. */
    readonly discardAddress: () => void;
    /** Lists the names of the contacts, which the test's form suggests. */
    readonly contacts: () => readonly string[];
    readonly test: TestDeliveries;
  };
}

export interface NotifierState {
  readonly name: string;
  readonly type: "sms" | "call";
  /**
   * Whether the app sends nothing for the notifier, because Home Assistant's own platform `twilio_sms` or `twilio_call`
   * is loaded. Otherwise, the recipients would get each message twice.
   */
  readonly isPaused: boolean;
  /** Whether Home Assistant lacks the notifier's action; null if Home Assistant has not answered yet. */
  readonly isMissing: boolean | null;
}

/** A test as the user typed it into the form, complete or not. */
export type SubmittedTest = Omit<TestDelivery, "kind"> & { readonly kind: string | undefined };
