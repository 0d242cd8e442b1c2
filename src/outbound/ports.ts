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
 * An earlier command (an accepted request) has the same ID. `repeated`: it has the same payload, and `result` is null
 * while it runs. `id_reused`: it has another payload.
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
  /** The step forwards the call, but this would exceed the daily limit of calls. */
  | { readonly kind: "limited"; readonly limit: number };

/**
 * Identifies a delivery (one message or call) of a stored command. Commands of different automations can have the same
 * `request_id`, but the secret references of their deliveries differ.
 */
export type StoredDelivery = Pick<Delivery, "position" | "reference">;

/**
 * Stores commands and the state of each delivery in the journal (the app's database). The promise of each change
 * resolves when the change is on disk.
 */
export interface CommandJournal extends CommandResults {
  /**
   * Stores a command. Deliveries over the daily limit are stored as refused. `pendingSeq`: the number of the pending
   * request from which the command was made. The same transaction removes this request.
   */
  add(command: Command, pendingSeq: number | null): Promise<AddedCommand>;
  /**
   * Finds a stored command by its ID; null if none has it. `result`: the data of its `twilio_result`; null while the
   * command runs.
   */
  findExisting(requestId: string): { readonly result: EventData | null } | null;
  /** The commands without a result: first those of alarms, then all others, each from the oldest to the newest. */
  openCommands(): Command[];
  /**
   * Called before the app sends a delivery to Twilio. Resolves with false if the journal does not have the delivery
   * yet, or already has its result. If `markPosting` and `add` are called in the same turn of the event loop, one
   * transaction does both.
   *
   * @param from the chosen sender, which is added to the stored request
   */
  markPosting(requestId: string, delivery: StoredDelivery, at: number, from?: string): Promise<boolean>;
  /** Called when Twilio certainly does not have the delivery. It then waits to be sent again. */
  markWaiting(requestId: string, position: number): Promise<void>;
  /** Called when Twilio has accepted the delivery, and the automation waits for a later status. */
  markAccepted(requestId: string, position: number, accepted: AcceptedDelivery): Promise<void>;
  markDone(requestId: string, position: number, result: RecipientResult): Promise<void>;
}

/** Stores steps on calls. */
export interface StepJournal {
  /**
   * Stores a step. `pendingSeq`: the number of the pending request from which the step was made. The same transaction
   * removes this request.
   */
  add(command: TalkCommand, pendingSeq: number | null): Promise<AddedStep>;
}

/**
 * Reads the first step (what the app says and asks) of an outgoing call. `reference`: the secret reference of the
 * call's delivery.
 */
export interface FirstStepJournal {
  /** The result of the first step; null until it has ended. */
  gatheredInputOf(reference: string): GatheredInput | null;
  /** Whether the app has sent the first step of this outgoing call to Twilio. */
  wasFirstStepSent(reference: string): boolean;
}

/** Connects deliveries with the SIDs of Twilio's messages and calls. */
export interface DeliveryEvidence {
  /**
   * The SID of a delivery, from Twilio's answer or a signed status callback; null if it is not known. `reference`: the
   * delivery's secret reference.
   */
  sidOf(reference: string): string | null;
  /** Returns those of `sids` that already belong to a delivery. */
  claimedSids(sids: readonly string[]): ReadonlySet<string>;
  /**
   * Other deliveries to the same recipient whose outcome is not known, and which the app began after `since`
   * (milliseconds since 1970). A message or call in Twilio's list may belong to any of them.
   */
  competingRequests(request: MessageOrCall, reference: string, since: number): MessageOrCall[];
  /** Stores the SID of a delivery if Twilio gave it only after the deadline. */
  saveSid(reference: string, sid: string): Promise<void>;
}

/** The stored status of each message and call. */
export type StatusJournal = CallStatuses;

/** Stores the events `twilio_result` for Home Assistant. */
export interface ResultLog {
  /** Stores the event. Resolves when it is on disk. */
  report(event: OutgoingEvent, at: number): Promise<void>;
}

/** An automation's request, as it was received on Home Assistant's event bus. */
export type InboxRequest =
  | { readonly kind: "notify"; readonly call: NotifyCall }
  | { readonly kind: "event"; readonly data: EventData };

/** An automation's request that is stored until the app can accept it. */
export interface PendingRequest {
  readonly seq: number;
  readonly request: InboxRequest;
  readonly receivedAt: number;
}

/** Stores the requests that the app cannot accept before Home Assistant runs. */
export interface RequestJournal {
  /** Stores a request. Resolves when it is on disk; rejects only if the app stops or a retry cannot help. */
  save(request: InboxRequest, receivedAt: number): Promise<void>;
  /** All pending requests, oldest first. */
  pending(): PendingRequest[];
  remove(seq: number): Promise<void>;
}

/**
 * The senders of received messages and calls, exactly as Twilio named them. For example, `whatsapp:+521…` is not
 * `+521…`.
 */
export interface LastAddresses {
  /** Finds the last message or call from a sender; null if none is stored. */
  readonly last: LastInbound;
  /** Whether a message or a call has come from this sender. */
  isKnown(address: string): boolean;
}

/** Sends messages and makes calls at Twilio. */
export interface MessageSender {
  /**
   * Prepares a delivery completely, but sends Twilio no request for it yet. Never rejects. Media are fetched one time
   * for all recipients of a command.
   */
  prepare(request: MessageOrCall, requestId: string): Promise<PreparedDelivery>;
}

/** Reads the status of messages and calls at Twilio. */
export interface StatusSource {
  /** Reads the status of one message or call. Null if Twilio gives no status, for example if it does not answer. */
  statusOf(sid: string, request: MessageOrCall): Promise<DeliveryStatus | null>;
}

/** Twilio's lists of messages and calls. */
export interface SentItemSource {
  /** Reads from Twilio the messages or calls to the recipient of `request`, the newest first. */
  sentTo(request: MessageOrCall): Promise<ListAnswer<SentItem>>;
}

/** The recording of a call at Twilio. `none`: there is none, and will be none. `not_ready`: it may come later. */
export type FetchedRecording = TalkRecording | "none" | "not_ready";

/** Reads the recordings of calls that `make_call` started. */
export interface RecordingSource {
  /** Looks up the recording of a call. Never rejects. */
  fetchRecording(callSid: string): Promise<FetchedRecording>;
}

/** The present state of Home Assistant. */
export interface HomeAssistantState {
  /**
   * Whether the app is connected to Home Assistant, and Home Assistant has finished its start. Before the first time,
   * the app knows neither Home Assistant's country nor whether Core's own Twilio platforms are loaded.
   */
  readonly running: boolean;
  /**
   * Country and time zone of Home Assistant. Null until Home Assistant has been running for the first time since the
   * app's start.
   */
  readonly info: { readonly country: string | null; readonly timeZone: string } | null;
}

/** Fires events in Home Assistant. */
export interface EventFirer {
  /** Fires an event. Rejects unless Home Assistant has confirmed the event. */
  fireEvent(type: string, data: EventData): Promise<void>;
}

/** Which of Core's own Twilio platforms are loaded. */
export interface CorePlatforms {
  readonly sms: boolean;
  readonly call: boolean;
}

/** Home Assistant's `notify` actions, and Core's platforms that may answer them. */
export interface NotifyActions {
  /** Whether Home Assistant has the action `notify.<name>`. Rejects if Home Assistant does not answer. */
  exists(name: string): Promise<boolean>;
  /**
   * Calls `listener` when Home Assistant adds or removes one of the actions. Returns a function that ends the
   * subscription.
   */
  onChange(names: readonly string[], listener: () => void): () => void;
  /**
   * Calls `listener` for each new connection, when Home Assistant has started, and at once if Home Assistant already
   * runs. Returns a function that ends the subscription.
   */
  onPlatformsLoaded(listener: (platforms: CorePlatforms) => void): () => void;
}

/** The requests on Home Assistant's event bus. Each method returns a function that ends the subscription. */
export interface RequestSource {
  /** Calls `listener` at each call of an action `notify.<name>`. `names` are without `notify.`. */
  onNotifyCall(names: readonly string[], listener: (call: NotifyCall) => void): () => void;
  /** Calls `listener` with the data of each event `twilio_request`. */
  onRequest(listener: (data: EventData) => void): () => void;
  /** Calls `listener` if Home Assistant could not write an event as JSON. The request in this event is then lost. */
  onUnreadable(listener: () => void): () => void;
}
