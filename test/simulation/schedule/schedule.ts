import type { AlarmAction, AlarmSettings } from "../alarms/alarm-schedule.ts";
import type { Effect } from "../machine/effects.ts";
import type { EarlierUse } from "../machine/prepare-disk.ts";
import type { CrashKind } from "../machine/simulated-disk.ts";
import type { AutomationWish } from "../neighbours/automations.ts";
import type { CoreBehaviour } from "../neighbours/home-assistant.ts";
import type { Forgery, RelayFault } from "../neighbours/relay.ts";
import type { ApiFault } from "../neighbours/twilio-api.ts";
import type { WebhookFault } from "../neighbours/twilio-webhooks.ts";

/** What the world does. Every step stands for itself, so that any of them can be left out. */
export type Action =
  | { readonly kind: "message comes"; readonly from: string }
  /** A message reaches the app at the same moment as the next effects of this kind, the last of `times`. */
  | {
      readonly kind: "message meets";
      readonly from: string;
      readonly at: Effect;
      /** Only effects with this text count; empty for all. */
      readonly having: string;
      readonly times: number;
    }
  | { readonly kind: "call comes"; readonly from: string }
  | { readonly kind: "automation asks"; readonly wish: AutomationWish }
  | AlarmAction
  /** The next requests to Twilio meet this. */
  | { readonly kind: "Twilio fails"; readonly on: "send" | "read"; readonly faults: readonly ApiFault[] }
  /** The next webhooks meet this. */
  | { readonly kind: "webhooks fail"; readonly faults: readonly WebhookFault[] }
  /** The next requests of the relay to Home Assistant meet this. */
  | { readonly kind: "relay fails"; readonly faults: readonly RelayFault[] }
  /** Somebody posts to the relay's webhook. */
  | { readonly kind: "note is forged"; readonly forgery: Forgery }
  /** Runs again after `forMs`. */
  | { readonly kind: "Home Assistant becomes"; readonly state: "starting" | "down"; readonly forMs: number }
  | { readonly kind: "connection is lost"; readonly isSilent: boolean; readonly afterFrames: number }
  | { readonly kind: "Home Assistant is slow"; readonly latencyMs: readonly [number, number] }
  | { readonly kind: "Home Assistant refuses the token" }
  | { readonly kind: "Home Assistant refuses events"; readonly code: CoreBehaviour["refusesEvents"] }
  | { readonly kind: "Home Assistant does not answer"; readonly ignoresEvents: boolean }
  | { readonly kind: "disk"; readonly isFull: boolean; readonly commitMs: number }
  | { readonly kind: "clock is set"; readonly aheadMs: number }
  /**
   * At the next effects of this kind, the last of `times`, once there was one of the kind `after`. `downMs` later the
   * app starts again.
   */
  | {
      readonly kind: "crash";
      readonly after: Effect | null;
      readonly at: Effect;
      readonly times: number;
      readonly how: CrashKind;
      readonly downMs: number;
    }
  | { readonly kind: "restart"; readonly downMs: number };

export interface Step {
  /** Stays the same when other steps are left out. */
  readonly id: number;
  /** Milliseconds after the beginning. */
  readonly at: number;
  readonly action: Action;
}

/** How Twilio's messages and calls come to the app. By polling, only messages do. */
export type Receiving = "port" | "relay" | "polling";

/** A whole run, before it happens. */
export interface Schedule {
  readonly seed: number;
  readonly journal: EarlierUse;
  readonly receiving: Receiving;
  /** Whether the public address is configured. If not, the app learns it. */
  readonly isAddressGiven: boolean;
  readonly messagesPerDay: number;
  readonly callsPerDay: number;
  /** Missing if there are no alarms. */
  readonly alarms?: AlarmSettings;
  readonly steps: readonly Step[];
}
