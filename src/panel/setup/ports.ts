import type { ReportedError } from "../../domain/reported-error.ts";
import type { SetupChecks } from "../../setup/checks.ts";
import type { ChangeResult, PlanResult } from "../../setup/number-webhooks.ts";

/** What the first page shows and does, beside the facts of every page. */
export interface SetupPorts {
  readonly setup: {
    /** The last answers at once, null where there are none yet; or fresh ones, which takes as long as Twilio does. */
    readonly checks: { cached(): SetupChecks | null; fresh(): Promise<SetupChecks>; invalidate(): void };
    readonly notifiers: () => readonly NotifierState[];
    readonly numbers: NumberActions;
    /** Forgets the public address that was learnt or is provisional. */
    readonly forgetAddress: () => void;
    readonly test: TestSends;
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

export interface NumberActions {
  /** What can be done with a number; `seen` stands for what it has at present. */
  plan(sid: string): Promise<PlanResult>;
  /** Writes only where the number still has what `seen` stands for. */
  setUp(sid: string, seen: string): Promise<ChangeResult>;
  restore(sid: string, seen: string): Promise<ChangeResult>;
}

export interface TestSend {
  readonly kind: "message" | "call";
  /** A contact or a number, as somebody typed it. */
  readonly to: string;
  readonly text: string;
}

/** As a form brought it, whole or not. */
export type SubmittedTest = Omit<TestSend, "kind"> & { readonly kind: string | undefined };

export interface TestSends {
  /** Names that may be chosen. */
  readonly contacts: readonly string[];
  /**
   * Asks for it as an automation does. `once` stands for the page that asks: the same from one page is sent once.
   * Returns the id under which it is known.
   */
  send(test: TestSend, once: string): string;
  progress(id: string): TestProgress;
}

export interface TestProgress {
  /** `heard`: it is not taken yet, since Home Assistant is away; `unknown`: there is no such test, or not any more. */
  readonly stage: "heard" | "sending" | "under_way" | "done" | "failed" | "unknown";
  readonly to: string | null;
  /** Twilio's word, such as `queued`. */
  readonly status: string | null;
  readonly error: ReportedError | null;
}
