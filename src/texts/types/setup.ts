import type { ReachVerdict } from "../../panel/setup/judge-reach.ts";
import type { TestProgress } from "../../panel/setup/ports.ts";
import type { NumberUse } from "../../setup/number-webhooks.ts";

/** The texts of the first page and of what it leads to. */
export interface SetupTexts {
  /** How many lines of the checklist need somebody. */
  readonly toDo: (count: number) => string;
  readonly allGood: string;
  /** Nobody is needed, and how many lines wait for something. */
  readonly unsettled: (count: number) => string;
  readonly asking: string;
  readonly reloadForMore: string;
  readonly account: {
    readonly full: string;
    readonly trial: string;
    readonly trialNote: string;
    readonly balance: (amount: string) => string;
    readonly notActive: (status: string) => string;
    readonly notActiveNote: string;
    readonly hidden: string;
    readonly hiddenNote: string;
    readonly refused: string;
    readonly refusedNote: string;
    readonly away: string;
    readonly awayNote: string;
  };
  readonly scripts: {
    readonly name: string;
    readonly loaded: string;
    readonly missing: (names: string) => string;
    readonly missingNote: string;
    readonly unknown: string;
    readonly unknownNote: string;
  };
  readonly reach: {
    readonly name: string;
    readonly verdicts: Readonly<Record<ReachVerdict, string>>;
    /** `code`: what is known of why. */
    readonly notes: Readonly<Record<ReachVerdict, (code: string) => string>>;
    readonly lastFailure: string;
    /** In place of the note of `reached` where there is no certificate. */
    readonly reachedPlainly: string;
  };
  readonly notifier: {
    readonly ready: Readonly<Record<"sms" | "call", string>>;
    readonly paused: string;
    /** Before and after the lines for configuration.yaml. */
    readonly pausedNote: (platform: string) => string;
    readonly pausedThen: string;
    readonly missing: string;
    readonly missingNote: string;
    readonly missingThen: string;
    readonly unknown: string;
    readonly unknownNote: string;
    /** Over the lines for configuration.yaml. */
    readonly yaml: string;
  };
  readonly numbers: {
    readonly title: string;
    readonly none: string;
    readonly away: string;
    readonly refused: string;
    readonly capabilities: (messages: boolean, calls: boolean) => string;
    readonly messages: string;
    readonly calls: string;
    readonly uses: Readonly<Record<NumberUse, string>>;
    readonly service: (name: string) => string;
    readonly trunk: string;
    readonly setUp: string;
    readonly view: string;
  };
  readonly number: NumberPageTexts;
  readonly test: TestTexts;
}

export interface NumberPageTexts {
  readonly title: (number: string) => string;
  readonly intro: string;
  readonly setting: string;
  readonly now: string;
  readonly then: string;
  readonly empty: string;
  readonly names: {
    readonly message: string;
    readonly messageFallback: string;
    readonly call: string;
    readonly callFallback: string;
    readonly status: string;
    readonly messageApplication: string;
    readonly callApplication: string;
  };
  readonly confirm: string;
  readonly isSetUp: string;
  /** The addresses are there and something else decides. */
  readonly isOverruled: string;
  readonly needsAddress: string;
  readonly putBackTitle: string;
  readonly putBackIntro: string;
  readonly putBack: string;
  readonly back: string;
  readonly done: string;
  readonly absent: string;
  readonly refused: string;
  readonly away: string;
  readonly changed: string;
  readonly on_trunk: string;
  readonly failed: string;
}

export interface TestTexts {
  readonly title: string;
  readonly intro: string;
  readonly what: string;
  readonly message: string;
  readonly call: string;
  readonly to: string;
  readonly toHint: string;
  readonly text: string;
  readonly textHint: string;
  readonly send: string;
  /** Why nothing was sent. */
  readonly faults: {
    readonly kind: string;
    readonly noRecipient: string;
    readonly longRecipient: (count: number, most: number) => string;
    readonly noText: string;
    readonly longText: (count: number, most: number) => string;
  };
  readonly sample: string;
  readonly stages: Readonly<Record<TestProgress["stage"], string>>;
  readonly statuses: Readonly<Record<string, string>>;
  readonly moreInfo: string;
}
