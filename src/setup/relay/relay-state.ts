import type { ReportedError } from "../../domain/reported-error.ts";
import type { DeploymentStep } from "./deploy-relay.ts";
import type { HouseAddress } from "./ports.ts";

/** The steps of setting up the relay and of removing it, each in this order. */
export type RelayStep = "house" | DeploymentStep | "test" | "numbers" | "numbers_back" | "calls" | "removal";

export type RelayWork = "setting_up" | "removing";

/** Why an existing relay does not work correctly. */
export type RelayProblem =
  /** Home Assistant has neither a cloudhook nor an external URL any more. */
  | "no_address"
  /** Home Assistant does not pass the relay's notes to the app: the webhook is not registered. */
  | "not_registered"
  /** Another installation has changed the relay. The app does not change it until the user presses a button. */
  | "foreign"
  /** Somebody has edited the Function, so the app does not update it. */
  | "edited"
  /** The relay does not exist in the account any more. */
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
       * When the complete path from Twilio's cloud to the app and back was last tested, and the milliseconds that it
       * took.
       */
      readonly test: { readonly at: number; readonly ms: number } | null;
    };

/** What setting up the relay would do. The page shows it before the user presses the button. */
export type RelayPlan =
  | {
      readonly kind: "possible";
      /** The name of the Service that will be created. */
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
  /** Whether the number's messages and calls go to nobody else. */
  readonly isFree: boolean;
}
