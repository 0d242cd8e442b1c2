import type { CallStatuses, CommandResults } from "../calls/ports.ts";
import type { GatheredInput } from "../calls/step-result.ts";
import type { TalkCommand } from "../calls/step.ts";
import type { LastInbound } from "../contacts/choose-recipient-address.ts";
import type { DeliveryStatus } from "../domain/events/delivery-status.ts";
import type { EventData, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { TalkRecording } from "../domain/events/recording.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { Command } from "./delivery/command.ts";
import type { SentItem } from "./delivery/match-sent-item.ts";
import type { AcceptedDelivery, PreparedDelivery, MessageOrCall } from "./delivery/message-or-call.ts";
import type { RecipientResult } from "./delivery/result.ts";
import type { NotifyCall } from "./notify/notify-call.ts";

/** Known already: its result, or null while it runs. Or the id stands for another command or payload. */
export type ExistingCommand =
  | { readonly kind: "repeated"; readonly result: EventData | null }
  | { readonly kind: "id_reused" };

/** What became of a command that was to be stored. */
export type AddedCommand = ExistingCommand | { readonly kind: "added"; readonly command: Command };

/** What became of a step on a call that was to be stored. */
export type AddedStep =
  | ExistingCommand
  | { readonly kind: "added"; readonly command: TalkCommand }
  /** The call that a step is forwarded to would be one too many. */
  | { readonly kind: "limited"; readonly limit: number };

/** Messages and calls that automations asked for, and how far each recipient is. Every change resolves on the disk. */
export interface CommandJournal extends CommandResults {
  /**
   * Recipients over the day's limit are refused at once. `heard` is the request that it was made of, where that had
   * been kept: it goes in the same transaction.
   */
  add(command: Command, heard: number | null): Promise<AddedCommand>;
  /** What is kept of an id: its result, or null while it runs. Null for an id that is not known. */
  findExisting(requestId: string): { readonly result: EventData | null } | null;
  /** Commands not finished yet, oldest first: what a killed app left. */
  openCommands(): Command[];
  /** On disk before Twilio is asked. `from`: the sender that was chosen, to be kept in the request. */
  markPosting(requestId: string, position: number, at: number, from?: string): Promise<void>;
  /** Twilio provably does not have it. */
  markWaiting(requestId: string, position: number): Promise<void>;
  /** Twilio has it, and a later status is waited for. */
  markAccepted(requestId: string, position: number, accepted: AcceptedDelivery): Promise<void>;
  markDone(requestId: string, position: number, result: RecipientResult): Promise<void>;
}

/** Steps on calls that automations asked for. */
export interface StepJournal {
  /** As `CommandJournal.add`. */
  add(command: TalkCommand, heard: number | null): Promise<AddedStep>;
}

/** What is kept of the first step of a call of ours. `reference` is the call's own. */
export interface FirstStepJournal {
  /** What was entered on the call at its beginning; null as long as nothing was. */
  gatheredInputOf(reference: string): GatheredInput | null;
  /** Whether Twilio was told what the call begins with. */
  wasFirstStepSent(reference: string): boolean;
}

/** What is known about who sent what. */
export interface DeliveryEvidence {
  /** The SID that a signed status callback, or Twilio's answer, gave for a reference. */
  sidOf(reference: string): string | null;
  /** Those of `sids` that belong to a delivery already. */
  claimedSids(sids: readonly string[]): ReadonlySet<string>;
  /**
   * Other requests to the same recipient, asked for since `since` (milliseconds since 1970), of which it is not known
   * whether Twilio has them: any of them may be what stands in Twilio's list.
   */
  competingRequests(request: MessageOrCall, reference: string, since: number): MessageOrCall[];
  /** Stores the SID that a delivery has after all. */
  saveSid(reference: string, sid: string): Promise<void>;
}

/** How far each message and call has got. */
export type StatusJournal = CallStatuses;

/** Results on their way to Home Assistant. */
export interface ResultLog {
  /** On disk when it resolves. */
  report(event: OutgoingEvent, at: number): Promise<void>;
}

/** What an automation asked for, as it was heard on Home Assistant's bus. */
export type InboxRequest =
  | { readonly kind: "notify"; readonly call: NotifyCall }
  | { readonly kind: "event"; readonly data: EventData };

/** A request that is stored until it can be acted on. */
export interface PendingRequest {
  readonly seq: number;
  readonly request: InboxRequest;
  readonly heardAt: number;
}

/** Requests that cannot be acted on yet, as they were heard. */
export interface RequestJournal {
  /** On disk when it resolves; rejects only where the app stops. */
  save(request: InboxRequest, heardAt: number): Promise<void>;
  /** All that are stored, the oldest first. */
  pending(): PendingRequest[];
  remove(seq: number): Promise<void>;
}

/** Which addresses of others Twilio has given, each exactly as it came: `whatsapp:+521…` is not `+521…`. */
export interface LastAddresses {
  /** The last message or call from an address; null where the history has none. */
  readonly last: LastInbound;
  /** Whether a message or a call came from an address. */
  isKnown(address: string): boolean;
}

/** Sends messages and makes calls. */
export interface MessageSender {
  /**
   * All but the one request that sends. Never throws. What is fetched for one recipient of a command serves the others.
   */
  prepare(request: MessageOrCall, requestId: string): Promise<PreparedDelivery>;
}

/** Tells how far something is that Twilio has. */
export interface StatusSource {
  /** Null where Twilio cannot be asked. */
  statusOf(sid: string, request: MessageOrCall): Promise<DeliveryStatus | null>;
}

/** Twilio's lists of what was sent. */
export interface SentItemSource {
  /** What Twilio has for the recipient of `request`, newest first. */
  sentTo(request: MessageOrCall): Promise<ListAnswer<SentItem>>;
}

/** What Twilio says about the recording of a call: `none` if there will be none. */
export type FetchedRecording = TalkRecording | "none" | "not_ready";

/** Recordings of calls that `make_call` asked for. */
export interface RecordingSource {
  /** Never rejects. */
  fetchRecording(callSid: string): Promise<FetchedRecording>;
}

/** What the app knows of Home Assistant at present. */
export interface HomeAssistantState {
  /** Until Home Assistant runs it is not known whether Core's own platform sends the same, nor its country. */
  readonly running: boolean;
  /** Null until it has run. */
  readonly info: { readonly country: string | null; readonly timeZone: string } | null;
}

/** Fires events into Home Assistant at once. */
export interface EventFirer {
  /** Rejects where it may not have arrived. */
  fireEvent(type: string, data: EventData): Promise<void>;
}

/** Which of Core's own Twilio platforms are loaded. */
export interface CorePlatforms {
  readonly sms: boolean;
  readonly call: boolean;
}

/** Home Assistant's `notify` actions, and what else may answer them. */
export interface NotifyActions {
  /** Whether Home Assistant has `notify.<name>`; rejects while it cannot be asked. */
  exists(name: string): Promise<boolean>;
  /** Calls back when one of these actions comes or goes. Returns how to end it. */
  onChange(names: readonly string[], listener: () => void): () => void;
  /** Calls back at each start of Home Assistant, and now if it runs. Returns how to end it. */
  onPlatformsLoaded(listener: (platforms: CorePlatforms) => void): () => void;
}

/** What automations ask for on Home Assistant's bus. Each method returns how to end it. */
export interface RequestSource {
  /** Hears the actions `notify.<name>`; names come without `notify.`. */
  onNotifyCall(names: readonly string[], listener: (call: NotifyCall) => void): () => void;
  /** Hears the event `twilio_request`, and calls back with its data. */
  onRequest(listener: (data: EventData) => void): () => void;
  /** Calls back where Home Assistant lost a request that it could not write as JSON. */
  onUnreadable(listener: () => void): () => void;
}
