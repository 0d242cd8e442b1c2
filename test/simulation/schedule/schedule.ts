import type { AlarmAction, AlarmSettings } from "../alarms/alarm-schedule.ts";
import type { Effect } from "../machine/effects.ts";
import type { EarlierUse } from "../machine/prepare-disk.ts";
import type { CrashKind } from "../machine/simulated-disk.ts";
import type { AutomationWish } from "../neighbours/automations.ts";
import type { CoreBehaviour } from "../neighbours/home-assistant.ts";
import type { Forgery, RelayFault } from "../neighbours/relay.ts";
import type { ApiFault } from "../neighbours/twilio-api.ts";
import type { WebhookFault } from "../neighbours/twilio-webhooks.ts";

/** An action around the app. No step depends on another one, so each of them can be left out. */
export type Action =
  | { readonly kind: "message comes"; readonly from: string }
  /** A message reaches the app at the last of the next `times` effects of this kind. */
  | {
      readonly kind: "message meets";
      readonly from: string;
      readonly at: Effect;
      /** Only effects with this text count, or all if it is empty. */
      readonly having: string;
      readonly times: number;
    }
  | { readonly kind: "call comes"; readonly from: string }
  /** All callers hang up. */
  | { readonly kind: "callers hang up" }
  | { readonly kind: "automation asks"; readonly wish: AutomationWish }
  | AlarmAction
  /** The faults of the next requests to Twilio. */
  | { readonly kind: "Twilio fails"; readonly on: "send" | "read"; readonly faults: readonly ApiFault[] }
  /** The faults of the next webhooks. */
  | { readonly kind: "webhooks fail"; readonly faults: readonly WebhookFault[] }
  /** The faults of the relay's next requests to Home Assistant. */
  | { readonly kind: "relay fails"; readonly faults: readonly RelayFault[] }
  /** Somebody posts a forged webhook to the relay's webhook. */
  | { readonly kind: "note is forged"; readonly forgery: Forgery }
  /** Home Assistant is in this state, and runs again after `forMs`. */
  | { readonly kind: "Home Assistant becomes"; readonly state: "starting" | "down"; readonly forMs: number }
  | { readonly kind: "connection is lost"; readonly isSilent: boolean; readonly afterFrames: number }
  | { readonly kind: "Home Assistant is slow"; readonly latencyMs: readonly [number, number] }
  | { readonly kind: "Home Assistant refuses the token" }
  | { readonly kind: "Home Assistant refuses events"; readonly code: CoreBehaviour["refusesEvents"] }
  | { readonly kind: "Home Assistant does not answer"; readonly ignoresEvents: boolean }
  | { readonly kind: "disk"; readonly isFull: boolean; readonly commitMs: number }
  | { readonly kind: "clock is set"; readonly aheadMs: number }
  /**
   * The app ends at the last of the next `times` effects of this kind that come after an effect of the kind `after`.
   * It starts again `downMs` later.
   */
  | {
      readonly kind: "crash";
      readonly after: Effect | null;
      readonly at: Effect;
      /** Only effects with this text count, or all without it. */
      readonly having?: string;
      readonly times: number;
      readonly how: CrashKind;
      readonly downMs: number;
    }
  | { readonly kind: "restart"; readonly downMs: number };

export interface Step {
  /** The number of the step, which does not change when other steps are left out. */
  readonly id: number;
  /** The time of the step, in milliseconds since the beginning. */
  readonly at: number;
  readonly action: Action;
}

/** How messages and calls at Twilio reach the app. By polling, only messages do. */
export type Receiving = "port" | "relay" | "polling";

/** The plan of a whole run. */
export interface Schedule {
  readonly seed: number;
  readonly journal: EarlierUse;
  readonly receiving: Receiving;
  /** Whether the public address is configured. If not, the app learns it. */
  readonly isAddressGiven: boolean;
  readonly messagesPerDay: number;
  readonly callsPerDay: number;
  /** The alarms, or undefined if there are none. */
  readonly alarms?: AlarmSettings;
  readonly steps: readonly Step[];
}
