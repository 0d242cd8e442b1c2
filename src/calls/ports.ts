import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { CallParties, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { HoldInstruction } from "./instruction.ts";
import type { ScriptStep, ScriptWebhook } from "./script.ts";
import type { EndedBy, GatheredInput } from "./step-result.ts";
import type { FirstStepState, TalkCommand } from "./step.ts";

/**
 * Stores what the app must know about calls of automations after a restart. The promise of each change resolves when
 * the change is on disk.
 */
export interface CallJournal {
  /** The steps (what the app says and asks) that have no result yet, the oldest first. */
  openCommands(): TalkCommand[];
  markSentToTwilio(stepId: string, parties: CallParties): Promise<void>;
  /**
   * The first step of an outgoing call (what the app says and asks). Null if the call has no first step, or if this
   * step already has a result. `reference`: the secret reference of the call's delivery.
   */
  firstStepOf(reference: string): FirstStepState | null;
  /**
   * The secret reference of the delivery that made this call, while Twilio is doing the call's first step; else null.
   */
  pendingFirstStepOn(callSid: string): string | null;
  /**
   * Stores that the app has sent Twilio the first step of an outgoing call. `reference`: the secret reference of its
   * delivery.
   */
  markFirstStepSent(reference: string): Promise<void>;
  /** Stores the result of the first step of an outgoing call. `reference`: the secret reference of its delivery. */
  saveGatheredInput(reference: string, input: GatheredInput): Promise<void>;
  /** The party that ended a call; null if the journal (the app's database) does not know that the call has ended. */
  endedBy(callSid: string): EndedBy | null;
  saveEndedBy(callSid: string, by: EndedBy, at: number): Promise<void>;
}

/** Stores the signatures of webhooks about calls, to recognize replayed webhooks. */
export interface CallWebhookLog {
  /** When a webhook with this signature first came, in milliseconds since 1970; null if none did. */
  firstReceivedAt(signature: string): number | null;
  saveFirstReceived(signature: string, at: number): Promise<void>;
}

/** Stores the results of automations' requests. */
export interface CommandResults {
  /**
   * Ends a request. One transaction stores its result for repeated requests, and the event that reports the result.
   * Resolves with whether it has stored the event. Calls and texts of alarms have no such event.
   */
  finish(requestId: string, outcome: OutgoingEvent, at: number): Promise<boolean>;
}

/** The stored status of each call. */
export interface CallStatuses {
  of(callSid: string): DeliveryStatus | null;
  /** Stores a status that the app did not learn from a status callback. */
  save(callSid: string, status: DeliveryStatus, at: number): Promise<void>;
}

/** Reads and changes calls in progress at Twilio. */
export interface LiveCalls {
  /** Asks Twilio for the status of a call. Null if Twilio does not answer, `unknown` if Twilio has no such call. */
  askStatus(callSid: string): Promise<DeliveryStatus | "unknown" | null>;
  /** Makes Twilio send the app a webhook about a call that other TwiML controls. Resolves with false if that fails. */
  takeOver(hold: HoldInstruction): Promise<boolean>;
}

/** The user's option for calls that no automation answers. */
export type UnansweredCall =
  | { readonly kind: "reject" | "hang_up" }
  | { readonly kind: "say"; readonly text: string };

/** The key with which the app signs the URLs that it makes for calls. */
export interface TalkKey {
  /** The key as 64 hex digits. The journal (the app's database) stores the key, so a lost journal means a new key. */
  readonly secret: string;
  /**
   * Until when the app accepts URLs without a signature, in milliseconds since 1970. An earlier version of the app may
   * have made them for calls that are still in progress. Null if no version without such a key has used this journal.
   */
  readonly oldAddressesUntil: number | null;
}

/** A feature of the app that controls calls without automations, such as alarms. */
export interface CallScript {
  readonly name: string;
  /** Returns the next text of the call. Null if the call is over, or if this feature does not control the call. */
  answer(webhook: ScriptWebhook): Promise<ScriptStep | null>;
}

/** A feature of the app that may answer an incoming call before automations do. */
export interface IncomingCallTaker {
  /**
   * Answers the call: returns its first text, and the secret reference for its next webhooks. Null if this feature does
   * not answer the call. The app may call this method two times for one call.
   */
  take(call: {
    readonly callSid: string;
    readonly from: string;
  }): Promise<{ readonly script: string; readonly reference: string; readonly step: ScriptStep } | null>;
}
