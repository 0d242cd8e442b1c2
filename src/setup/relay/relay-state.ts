import type { ReportedError } from "../../domain/reported-error.ts";
import type { DeploymentStep } from "./deploy-relay.ts";
import type { HouseAddress } from "./ports.ts";

/** The steps in which the relay is set up (until `numbers`), and those in which it is removed, in this order. */
export type RelayStep = "house" | DeploymentStep | "test" | "numbers" | "numbers_back" | "calls" | "removal";

export type RelayWork = "setting_up" | "removing";

/** Why an existing relay does not work as it should. */
export type RelayProblem =
  /** Home Assistant no longer has a public URL: neither a cloudhook nor an external URL. */
  | "no_address"
  /** Home Assistant Cloud creates no cloudhook, although a user is logged in to it, and there is no external URL. */
  | "no_cloudhook"
  /** Home Assistant does not have the relay's webhook, so it passes nothing to the app. */
  | "not_registered"
  /**
   * Another installation of the app, or somebody in the Twilio Console, has changed the relay's variables. This
   * installation changes the relay only after the user has pressed a button.
   */
  | "foreign"
  /** Somebody has edited the relay's source text at Twilio, so the app does not update it. */
  | "edited"
  /** The relay no longer exists in the Twilio account. */
  | "gone"
  | "test_failed";

export type RelayState =
  | { readonly kind: "none" }
  | { readonly kind: "busy"; readonly work: RelayWork; readonly step: RelayStep; readonly since: number }
  | {
      readonly kind: "failed";
      readonly work: RelayWork;
      readonly step: RelayStep;
      readonly error: ReportedError;
    }
  | {
      readonly kind: "ready";
      readonly domain: string;
      readonly problem: RelayProblem | null;
      /**
       * The last successful test of the whole way from Twilio to the app and back: when it was made, and its duration
       * in milliseconds.
       */
      readonly test: { readonly at: number; readonly ms: number } | null;
    };

/** The changes that setting up the relay would make. The page shows them to the user first. */
export type RelayPlan =
  | {
      readonly kind: "possible";
      /** The name of the Service that the app would create at Twilio. */
      readonly name: string;
      readonly house: HouseAddress["kind"];
      /** Whether another installation has created a relay with this name. */
      readonly isForeign: boolean;
      readonly numbers: readonly RelayNumberChoice[];
    }
  | { readonly kind: RelayObstacle };

/** Why the relay cannot be set up. */
export type RelayObstacle =
  | "provider"
  | "region"
  | "home_assistant_away"
  | "no_address"
  | "forbidden"
  | "twilio_away";

export interface RelayNumberChoice {
  readonly sid: string;
  readonly number: string;
  /** Whether the number's messages and calls go to the relay, to Twilio's demo URL or to nobody. */
  readonly isFree: boolean;
}
