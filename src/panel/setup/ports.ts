import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import type { CachedCheck } from "../../setup/cached-check.ts";
import type { SetupChecks } from "../../setup/checks.ts";
import type { RelayState } from "../../setup/relay/relay-state.ts";
import type { NumberSetup } from "../../setup/set-up-number.ts";
import type { TestDelivery, TestDeliveries } from "../../setup/test-deliveries.ts";

/** What the first page shows and does, beside the state that every page shows. */
export interface SetupPorts {
  readonly setup: {
    readonly checks: CachedCheck<SetupChecks>;
    readonly notifiers: () => readonly NotifierState[];
    readonly numbers: NumberSetup;
    readonly relayState: () => RelayState;
    readonly polling: {
      /** Null where the app does not poll. */
      readonly state: () => PollingState | null;
      /** Somebody decided whether the messages of a number are read. On disk when it resolves. */
      readonly choose: (address: string, choice: "on" | "off") => Promise<void>;
    };
    /** Forgets the public address that was learnt or is provisional. */
    readonly forgetAddress: () => void;
    /** Contacts that a test may be sent to. */
    readonly contacts: readonly string[];
    readonly test: TestDeliveries;
  };
}

export interface NotifierState {
  readonly name: string;
  readonly type: "sms" | "call";
  /** While Core's own platform is loaded, which would send the same. */
  readonly isPaused: boolean;
  /** Whether Home Assistant has no such action; null while it has not answered that yet. */
  readonly isMissing: boolean | null;
}

/** As a form brought it, whole or not. */
export type SubmittedTest = Omit<TestDelivery, "kind"> & { readonly kind: string | undefined };
