import type { ReportedStatus } from "../domain/events/delivery-status.ts";
import type { CallParties, EventData, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { WebhookFields } from "../domain/events/webhook.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { AddressSource, ProvisionalAddress } from "./address-evidence.ts";
import type { MissedItem, OurNumber } from "./backfill/missed-item.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { ListedMessage, SentMessage } from "./polling/listed-message.ts";
import type { MessageNumber, PolledAccount, PolledNumber } from "./polling/message-number.ts";
import type { Reach } from "./reach.ts";
import type { CreatedAt, SidAge, UnverifiedSid } from "./verify-age.ts";
import type { Novelty, WebhookKey } from "./webhook-key.ts";

/** A webhook, or an item of Twilio's lists, as the journal stores it. */
export interface WebhookToSave {
  readonly key: WebhookKey;
  readonly events: readonly OutgoingEvent[];
  readonly receivedAt: number;
  /** `kept`: stored in the history only, without an event in Home Assistant. */
  readonly initialState: "pending" | "kept";
  /** Whether it was fetched by a backfill. It is then stored only if no webhook brought the same message or call. */
  readonly isBackfill: boolean;
  /** Whether automations must not act on it, at any age. */
  readonly stale: boolean;
  /** The reported status. If a later one is already stored, the status event is not fired. */
  readonly status: { readonly sid: string; readonly reported: ReportedStatus } | null;
}

/** Stores webhooks. */
export interface WebhookStore {
  /**
   * Stores the events of a webhook; a repeated webhook changes nothing. If the webhook is `doubtful` (perhaps a
   * repetition), its events are stored as stale. Resolves when they are on disk.
   *
   * @param take if no older event waits, the events are stored as being fired, and `take` gets them after the commit.
   *   Without it, they wait
   */
  saveWebhook(webhook: WebhookToSave, take?: EventHandover["take"]): Promise<Novelty>;
  /** Whether the journal knows the message or call with this SID. */
  isKnown(sid: string): boolean;
}

/** Hands events over to the delivery without reading them from the journal. */
export interface EventHandover {
  /** Called after the commit, in the order of the commits. The events are stored as being fired. */
  take(events: readonly LoggedEvent[]): void;
  /** Called one time, after the commit has succeeded or failed. */
  end(): void;
}

/** The events that wait for Home Assistant. Each change resolves when it is on disk. */
export interface EventQueue {
  /** The oldest waiting events, in order. They are marked as being fired. */
  takeNext(limit: number): Promise<LoggedEvent[]>;
  /**
   * Written with a short delay: after a kill within that time, the events count as maybe delivered. `missed`: those of
   * them that were fired as `twilio_data_missed`.
   */
  markDelivered(seqs: readonly number[], missed?: ReadonlySet<number>): Promise<void>;
  /** Lets the event wait again. */
  requeue(seq: number, maybeDelivered: boolean): Promise<void>;
  /** Called if Home Assistant will never accept the event, so that it no longer blocks others. */
  reject(seq: number, reason: string): Promise<void>;
}

/**
 * The outcome of firing an event.
 *
 * - `away`: the event certainly did not reach Home Assistant
 * - `maybe_delivered`: it may have reached Home Assistant
 * - `forbidden`: Home Assistant accepts no events from the app, which the user must solve
 * - `refused`: Home Assistant does not accept this event
 */
export type FireOutcome =
  | { readonly kind: "fired" }
  | { readonly kind: "away" }
  | { readonly kind: "forbidden"; readonly reason: string }
  | { readonly kind: "maybe_delivered" }
  | { readonly kind: "refused"; readonly reason: string };

/** Home Assistant's event bus. */
export interface EventBus {
  isRunning(): boolean;
  /** Fires an event in Home Assistant. Never rejects. */
  fire(type: string, data: EventData): Promise<FireOutcome>;
}

/** Stores the webhooks that wait for the age of their message or call. */
export interface AgeJournal {
  /** Whether no earlier journal existed, so that no webhook of this installation is older than the journal. */
  readonly isFirstStart: boolean;
  /** The calls and messages (SIDs) whose events wait for the age check, oldest first. */
  unverifiedSids(limit: number): UnverifiedSid[];
  /**
   * Releases the events of these calls and messages in one step. Returns the SIDs of those that are too young to be
   * replays.
   */
  saveAges(ages: readonly SidAge[]): Promise<string[]>;
}

/** Reads the age of messages and calls at Twilio. */
export interface AgeSource {
  /** When Twilio created a message or call. Rejects if Twilio gives no answer. */
  createdAt(of: UnverifiedSid): Promise<CreatedAt>;
}

/** Stores the user's numbers whose webhooks have reached the app. */
export interface OurNumbers {
  numbers(): OurNumber[];
  /** `number`: the user's number in a webhook; null if the webhook is about something else. */
  save(number: OurNumber | null, at: number): Promise<void>;
}

/** Stores until when backfills have fetched all missed messages and calls. */
export interface BackfillProgress {
  /** When the last backfill that got everything began, in milliseconds since 1970; null on a first start. */
  completedUntil(): number | null;
  saveCompletion(until: number): Promise<void>;
}

/** A query for messages or calls to one of the user's numbers since a time. */
export interface MissedItemsQuery {
  readonly kind: "message" | "call";
  /** One of the user's numbers. */
  readonly to: string;
  readonly since: Date;
  readonly limit: number;
}

/** Twilio's lists of received messages and calls. The methods never reject. */
export interface MissedItems {
  fetch(query: MissedItemsQuery): Promise<ListAnswer<MissedItem>>;
  /** The numbers of the account whose webhooks go to the app. */
  configuredNumbers(): Promise<ListAnswer<OurNumber>>;
}

/** The requests of polling to Twilio. They never reject. */
export interface MessageLists {
  /** Twilio's clock, in milliseconds since 1970, in whole seconds; the machine's own before its first answer. */
  now(): number;
  /** The account's numbers, and who gets their messages. */
  numbers(): Promise<ListAnswer<MessageNumber>>;
  /** Names of relays in the account that other installations of this app have made. */
  relaysOfOthers(): Promise<ListAnswer<string>>;
  /** Messages of the whole account that were made since then, the newest first unless Twilio orders them otherwise. */
  messagesSince(since: Date): Promise<ListAnswer<ListedMessage>>;
  /** A message that the account sent. */
  sentMessage(sid: string): Promise<ListAnswer<SentMessage>>;
  /** URL and type of each file that came with a message, as the message's webhook names them. */
  mediaOf(sid: string): Promise<ListAnswer<MessageFile>>;
}

/** A file that came with a message. */
export interface MessageFile {
  readonly url: string;
  readonly contentType: string;
}

/** Stores the state of polling for one account. It survives restarts. */
export interface PollingJournal {
  /** The stored account; null before polling has started for the first time. */
  account(): PolledAccount | null;
  saveAccount(account: PolledAccount): Promise<void>;
  numbers(): readonly PolledNumber[];
  saveNumbers(numbers: readonly PolledNumber[]): Promise<void>;
}

/** Messages that the app sent, whose statuses are polled. */
export interface SentMessages {
  /** Those of `sids` that the app sent. */
  claimedSids(sids: readonly string[]): ReadonlySet<string>;
  /** The SIDs of sent messages without a reported final status. `since`: in milliseconds since 1970. */
  openMessageSids(since: number): readonly string[];
}

/** Connects webhooks with the deliveries that they are about. */
export interface DeliveryReferences {
  /**
   * The ID of the request whose status a webhook reports. It is found by the delivery's secret reference, or by
   * Twilio's SID.
   */
  requestIdOf(reference: string | null, sid: string | null): string | null;
  /**
   * Stores Twilio's SID that a signed status callback reported for a delivery. `reference`: the delivery's secret
   * reference.
   */
  saveSid(reference: string, sid: string): Promise<void>;
}

/** Reads the parties of recorded calls. */
export interface RecordedCalls {
  /**
   * The numbers of both parties of a recorded call. `reference`: the delivery's secret reference in the URL of the
   * recording's callback.
   */
  partiesOf(reference: string): CallParties | null;
}

/** Receives notice of stored webhooks. */
export interface InboundListener {
  /**
   * Called when at most `count` events are being stored for Home Assistant, in the turn of the commit. Returns null if
   * they cannot be fired at once. They are then read from the journal.
   */
  eventsSaved(count: number): EventHandover | null;
  /** Called after the events have been committed. Some are not fired until Twilio has said how old their message is. */
  eventsCommitted(): void;
  /**
   * Called for a new webhook; not called for a replay. `number`: the user's number that a message or call has reached;
   * null if the webhook is about something else.
   */
  newWebhook(number: OurNumber | null): void;
  /** Called after a status change has been committed. */
  statusChanged(sid: string): void;
  /** Called after a webhook, new or repeated, has been committed. */
  webhookSaved(fields: WebhookFields): void;
}

/** The app's public address, which can be learnt from webhooks. */
export interface LearnableAddress {
  /** The source of the present public address; null while there is none. */
  source(): AddressSource | null;
  /** The base for Twilio; null while there is none. */
  current(): string | null;
  /** All bases at which Twilio reaches the app: `current()` and, if that is not the relay's, the relay's. */
  bases(): readonly string[];
  provisional(): ProvisionalAddress | null;
  /** Sets or clears the provisional public address; does nothing if a public address is configured or learnt. */
  setProvisional(address: ProvisionalAddress | null): void;
  /** Stores a confirmed public address; does nothing if a public address is configured or learnt. */
  learn(base: string): void;
}

/** Stores the public address for later starts. */
export interface AddressMemory {
  learnt(): string | null;
  provisional(): ProvisionalAddress | null;
  /** Stores the learnt public address; null for none. */
  saveLearnt(base: string | null): void;
  saveProvisional(address: ProvisionalAddress | null): void;
}

/** Requests `/health` at a public address. Never rejects. */
export type CheckReachable = (base: string) => Promise<Reach>;
