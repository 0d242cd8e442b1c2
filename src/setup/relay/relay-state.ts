import type { ReportedError } from "../../domain/reported-error.ts";
import type { DeploymentStep } from "./deploy-relay.ts";
import type { HouseAddress } from "./ports.ts";

/** What is done, in this order: to set the relay up, and to remove it. */
export type RelayStep = "house" | DeploymentStep | "test" | "numbers" | "numbers_back" | "calls" | "removal";

export type RelayWork = "setting_up" | "removing";

/** Why a relay that stands does not work as it should. */
export type RelayProblem =
  /** Home Assistant has neither a cloudhook nor an external URL any more. */
  | "no_address"
  /** Home Assistant does not pass the relay's notes to the app: the webhook is not registered. */
  | "not_registered"
  /** Another installation has changed the relay: it is left as it is until somebody presses. */
  | "foreign"
  /** Somebody has edited the Function: it is not updated. */
  | "edited"
  /** There is no relay in the account any more. */
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
      /** When the way from Twilio's cloud to the app and back was last tried, and how long it took, in milliseconds. */
      readonly test: { readonly at: number; readonly ms: number } | null;
    };

/** What a press would do, to be shown before it. */
export type RelayPlan =
  | {
      readonly kind: "possible";
      /** Of the Service that will be created. */
      readonly name: string;
      readonly house: HouseAddress["kind"];
      /** Whether there is a relay of this name that another installation has made. */
      readonly isForeign: boolean;
      readonly numbers: readonly RelayNumberChoice[];
    }
  | { readonly kind: RelayObstacle };

/** Why there can be no relay. */
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
  /** Whether nobody else receives what comes to it. */
  readonly isFree: boolean;
}
