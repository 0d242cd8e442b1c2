import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { CallParties, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { HoldInstruction } from "./instruction.ts";
import type { ScriptStep, ScriptWebhook } from "./script.ts";
import type { EndedBy, GatheredInput } from "./step-result.ts";
import type { FirstStepState, TalkCommand } from "./step.ts";

/** Stores the sessions of calls. Each change resolves when it is on disk. */
export interface CallJournal {
  /** The commands for steps that have no result yet, oldest first. */
  openCommands(): TalkCommand[];
  markSentToTwilio(stepId: string, parties: CallParties): Promise<void>;
  /**
   * The first step of an outgoing call. `reference`: the secret reference of the call's delivery. Null if the step has
   * ended or there is none.
   */
  firstStepOf(reference: string): FirstStepState | null;
  /**
   * Returns the secret reference of the delivery that made this call. Null unless its first step is active at Twilio.
   */
  pendingFirstStepOn(callSid: string): string | null;
  /** Stores that Twilio has received the first step of an outgoing call. */
  markFirstStepSent(reference: string): Promise<void>;
  /** Stores the result of the first step of an outgoing call. */
  saveGatheredInput(reference: string, input: GatheredInput): Promise<void>;
  /** Who ended a call; null while it is in progress. */
  endedBy(callSid: string): EndedBy | null;
  saveEndedBy(callSid: string, by: EndedBy, at: number): Promise<void>;
}

/** Stores the signatures of the webhooks that were received on calls, to recognize replays. */
export interface CallWebhookLog {
  /** When a webhook with this signature was first received, in milliseconds since 1970; null if never. */
  firstReceivedAt(signature: string): number | null;
  saveFirstReceived(signature: string, at: number): Promise<void>;
}

/** Stores the results of talk commands. */
export interface CommandResults {
  /** In one transaction: ends the command, stores its result for repeated requests, and appends it to the event log. */
  finish(requestId: string, outcome: OutgoingEvent, at: number): Promise<void>;
}

/** The stored status of each call. */
export interface CallStatuses {
  of(callSid: string): DeliveryStatus | null;
  /** Stores a status that did not come in a status callback, such as who answered. */
  save(callSid: string, status: DeliveryStatus, at: number): Promise<void>;
}

/** Calls in progress at Twilio. */
export interface LiveCalls {
  /** The status of a call: null if Twilio gives no answer, `unknown` if it has no such call. */
  askStatus(callSid: string): Promise<DeliveryStatus | "unknown" | null>;
  /** Redirects a call to the app, away from other TwiML that it follows; false if that fails. */
  takeOver(hold: HoldInstruction): Promise<boolean>;
}

/** What the user chose for a call that no automation answers. */
export type UnansweredCall =
  | { readonly kind: "reject" | "hang_up" }
  | { readonly kind: "say"; readonly text: string };

/** The key that signs the tokens in the URLs that the app makes for calls. */
export interface TalkKey {
  /** 64 hex digits, made when this journal was created. */
  readonly secret: string;
  /**
   * Until when the app accepts URLs without a token, for calls that an earlier version began. In milliseconds since
   * 1970; null if no earlier version used this journal.
   */
  readonly oldAddressesUntil: number | null;
}

/** A feature that controls calls by itself, such as the alarms. */
export interface CallScript {
  readonly name: string;
  /** The next step of a call; null if the call does not belong to this script, or has ended. */
  answer(webhook: ScriptWebhook): Promise<ScriptStep | null>;
}

/** A feature that answers incoming calls before any automation. */
export interface IncomingCallTaker {
  /** The first step, and the reference for the next ones; null if it does not answer this call. May be called twice. */
  take(call: {
    readonly callSid: string;
    readonly from: string;
  }): Promise<{ readonly script: string; readonly reference: string; readonly step: ScriptStep } | null>;
}
