import type { CallStatuses, CommandResults } from "../calls/ports.ts";
import type { GatheredInput } from "../calls/step-result.ts";
import type { TalkCommand } from "../calls/step.ts";
import type { LastInbound } from "../contacts/choose-recipient-address.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { EventData, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../domain/events/recording.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { Command, Delivery } from "./delivery/command.ts";
import type { SentItem } from "./delivery/match-sent-item.ts";
import type { AcceptedDelivery, PreparedDelivery, MessageOrCall } from "./delivery/message-or-call.ts";
import type { RecipientResult } from "./delivery/result.ts";
import type { NotifyCall } from "./notify/notify-call.ts";

/**
 * A stored command with the same ID. `repeated`: it has the same payload; `result` is null while it runs. `id_reused`:
 * it has another payload.
 */
export type ExistingCommand =
  | { readonly kind: "repeated"; readonly result: EventData | null }
  | { readonly kind: "id_reused" };

/** The outcome of storing a command. */
export type AddedCommand = ExistingCommand | { readonly kind: "added"; readonly command: Command };

/** The outcome of storing a step on a call. */
export type AddedStep =
  | ExistingCommand
  | { readonly kind: "added"; readonly command: TalkCommand }
  /** The forwarded call would exceed the daily limit. */
  | { readonly kind: "limited"; readonly limit: number };

/** A delivery of a stored command. The reference tells it from one of another command with the same `request_id`. */
export type StoredDelivery = Pick<Delivery, "position" | "reference">;

/** Stores commands and the state of each delivery. Each change resolves when it is on disk. */
export interface CommandJournal extends CommandResults {
  /**
   * Recipients over the daily limit are refused at once. `pendingSeq` names the pending request from which the command
   * was made; it is removed in the same transaction.
   */
  add(command: Command, pendingSeq: number | null): Promise<AddedCommand>;
  /**
   * Finds a stored command; null if there is none. `result` is the data of its `twilio_result`, null while the command
   * runs.
   */
  findExisting(requestId: string): { readonly result: EventData | null } | null;
  /** The commands that have no result yet, oldest first. */
  openCommands(): Command[];
  /**
   * Called before the post to Twilio. `from`: the chosen sender, which is added to the stored request. False if the
   * journal does not have the delivery yet, or if it is done. May be called while `add` stores the delivery: if both are
   * called in one turn, they are one transaction.
   */
  markPosting(requestId: string, delivery: StoredDelivery, at: number, from?: string): Promise<boolean>;
  /** Called when it is certain that Twilio does not have the delivery. */
  markWaiting(requestId: string, position: number): Promise<void>;
  /** Called when Twilio has accepted the delivery, and a later status is waited for. */
  markAccepted(requestId: string, position: number, accepted: AcceptedDelivery): Promise<void>;
  markDone(requestId: string, position: number, result: RecipientResult): Promise<void>;
}

/** Stores steps on calls. */
export interface StepJournal {
  /** Stores a step, as `CommandJournal.add` stores a command. */
  add(command: TalkCommand, pendingSeq: number | null): Promise<AddedStep>;
}

/** Reads the first steps of outgoing calls. `reference`: the secret reference of the call's delivery. */
export interface FirstStepJournal {
  /** The result of the first step; null until it has ended. */
  gatheredInputOf(reference: string): GatheredInput | null;
  /** Whether Twilio has received the first step. */
  wasFirstStepSent(reference: string): boolean;
}

/** Connects deliveries with the SIDs of Twilio's messages and calls. */
export interface DeliveryEvidence {
  /**
   * Twilio's SID of a delivery, from a signed status callback or from Twilio's answer. `reference`: the delivery's
   * secret reference.
   */
  sidOf(reference: string): string | null;
  /** Returns those of `sids` that already belong to a delivery. */
  claimedSids(sids: readonly string[]): ReadonlySet<string>;
  /**
   * Other deliveries to the same recipient since `since` (milliseconds since 1970) without a known outcome. An item in
   * Twilio's list may belong to any of them.
   */
  competingRequests(request: MessageOrCall, reference: string, since: number): MessageOrCall[];
  /** Stores Twilio's SID of a delivery that was known only after the deadline. */
  saveSid(reference: string, sid: string): Promise<void>;
}

/** The stored status of each message and call. */
export type StatusJournal = CallStatuses;

/** Stores `twilio_result` events that are to be fired in Home Assistant. */
export interface ResultLog {
  /** Stores the event. Resolves when it is on disk. */
  report(event: OutgoingEvent, at: number): Promise<void>;
}

/** A request as received on Home Assistant's event bus. */
export type InboxRequest =
  | { readonly kind: "notify"; readonly call: NotifyCall }
  | { readonly kind: "event"; readonly data: EventData };

/** A request that is stored until it can be accepted. */
export interface PendingRequest {
  readonly seq: number;
  readonly request: InboxRequest;
  readonly receivedAt: number;
}

/** Stores requests that cannot be accepted until Home Assistant runs. */
export interface RequestJournal {
  /** Stores a request. Resolves when it is on disk; rejects only if the app stops. */
  save(request: InboxRequest, receivedAt: number): Promise<void>;
  /** All pending requests, oldest first. */
  pending(): PendingRequest[];
  remove(seq: number): Promise<void>;
}

/** The senders of received messages and calls, exactly as Twilio named them: `whatsapp:+521…` is not `+521…`. */
export interface LastAddresses {
  /** Finds the last message or call from a sender; null if the history has none. */
  readonly last: LastInbound;
  /** Whether a message or a call came from this sender. */
  isKnown(address: string): boolean;
}

/** Sends messages and makes calls. */
export interface MessageSender {
  /**
   * Prepares the delivery completely, but does not post it to Twilio. Never throws. Media are fetched one time for all
   * recipients of a command.
   */
  prepare(request: MessageOrCall, requestId: string): Promise<PreparedDelivery>;
}

/** Reads the status of messages and calls at Twilio. */
export interface StatusSource {
  /** Reads the status of one message or call. Null if Twilio gives no answer. */
  statusOf(sid: string, request: MessageOrCall): Promise<DeliveryStatus | null>;
}

/** Twilio's lists of messages and calls. */
export interface SentItemSource {
  /** The messages or calls to the recipient of `request`, newest first. */
  sentTo(request: MessageOrCall): Promise<ListAnswer<SentItem>>;
}

/** The recording of a call at Twilio: `none` if there will be none. */
export type FetchedRecording = TalkRecording | "none" | "not_ready";

/** Reads the recordings of calls that `make_call` started. */
export interface RecordingSource {
  /** Looks up the recording of a call. Never rejects. */
  fetchRecording(callSid: string): Promise<FetchedRecording>;
}

/** The present state of Home Assistant. */
export interface HomeAssistantState {
  /**
   * Until Home Assistant runs, the app knows neither its country nor whether Core's own platform would send as well.
   */
  readonly running: boolean;
  /** Country and time zone of Home Assistant; null until it has run. */
  readonly info: { readonly country: string | null; readonly timeZone: string } | null;
}

/** Fires events in Home Assistant. */
export interface EventFirer {
  /** Fires the event. Rejects if it may not have arrived. */
  fireEvent(type: string, data: EventData): Promise<void>;
}

/** Which of Core's own Twilio platforms are loaded. */
export interface CorePlatforms {
  readonly sms: boolean;
  readonly call: boolean;
}

/** Home Assistant's `notify` actions, and Core's platforms that may answer them. */
export interface NotifyActions {
  /** Whether Home Assistant has `notify.<name>`; rejects while Home Assistant gives no answer. */
  exists(name: string): Promise<boolean>;
  /** Calls back when one of these actions is added or removed. Returns a function that ends the subscription. */
  onChange(names: readonly string[], listener: () => void): () => void;
  /** Calls back at each start of Home Assistant, and now if it runs. Returns a function that ends the subscription. */
  onPlatformsLoaded(listener: (platforms: CorePlatforms) => void): () => void;
}

/** The requests on Home Assistant's event bus. Each method returns a function that ends the subscription. */
export interface RequestSource {
  /** Calls back at each call of an action `notify.<name>`; `names` are without `notify.`. */
  onNotifyCall(names: readonly string[], listener: (call: NotifyCall) => void): () => void;
  /** Calls back with the data of each event `twilio_request`. */
  onRequest(listener: (data: EventData) => void): () => void;
  /** Calls back if Home Assistant could not write an event as JSON, so that its request was lost. */
  onUnreadable(listener: () => void): () => void;
}
