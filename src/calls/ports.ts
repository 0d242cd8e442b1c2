import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { CallParties, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { HoldInstruction } from "./instruction.ts";
import type { EndedBy, GatheredInput } from "./step-result.ts";
import type { FirstStepState, TalkCommand } from "./step.ts";

/** What is kept of calls that automations hold. Every change resolves when it is on the disk. */
export interface CallJournal {
  /** Steps that nobody has been answered about yet, oldest first: what an earlier process left. */
  openCommands(): TalkCommand[];
  markSentToTwilio(stepId: string, parties: CallParties): Promise<void>;
  /** What a call of ours begins with, by its reference; null where that is over, or there is none. */
  firstStepOf(reference: string): FirstStepState | null;
  /** The reference of a call of ours, by its SID, whose beginning was told to Twilio and has not ended. */
  pendingFirstStepOn(callSid: string): string | null;
  /** What a call of ours begins with has been heard. */
  markFirstStepSent(reference: string): Promise<void>;
  /** How what a call of ours begins with has ended. */
  saveGatheredInput(reference: string, input: GatheredInput): Promise<void>;
  /** Who ended a call; null while it goes on. */
  endedBy(callSid: string): EndedBy | null;
  saveEndedBy(callSid: string, by: EndedBy, at: number): Promise<void>;
}

/** Which of Twilio's requests on calls came before, by their signatures. */
export interface CallWebhookLog {
  /** When a request with this signature first came, in milliseconds since 1970; null if none did. */
  firstReceivedAt(signature: string): number | null;
  saveFirstReceived(signature: string, at: number): Promise<void>;
}

/** Ends commands. */
export interface CommandResults {
  /** Ends the command, keeps its result for those who ask again and hands it to the event log, all or nothing. */
  finish(requestId: string, outcome: OutgoingEvent, at: number): Promise<void>;
}

/** How far each call has got. */
export interface CallStatuses {
  of(callSid: string): DeliveryStatus | null;
  /** What Twilio says outside of its callbacks: above all who answered. */
  save(callSid: string, status: DeliveryStatus, at: number): Promise<void>;
}

/** Calls that go on at Twilio. */
export interface LiveCalls {
  /** How far a call is: null where Twilio cannot be asked, `unknown` where it knows no such call. */
  askStatus(callSid: string): Promise<DeliveryStatus | "unknown" | null>;
  /** Makes a call that does something else ask the app what comes next; false where it cannot. */
  takeOver(hold: HoldInstruction): Promise<boolean>;
}

/** What a caller meets whom no automation answers, as the user chose it. */
export type UnansweredCall =
  | { readonly kind: "reject" | "hang_up" }
  | { readonly kind: "say"; readonly text: string };

/** What authenticates the addresses of calls. */
export interface TalkKey {
  /** 64 hex digits, made once for this journal. */
  readonly secret: string;
  /**
   * Until then a call can go on that an earlier version began, whose addresses had no token: milliseconds since 1970;
   * null where no earlier version used this journal.
   */
  readonly oldAddressesUntil: number | null;
}
