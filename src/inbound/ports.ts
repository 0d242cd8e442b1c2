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
  /** `kept`: the webhook is stored in the history only, and Home Assistant gets no event. */
  readonly initialState: "pending" | "kept";
  /**
   * Whether the webhook was made from a received message or call in Twilio's lists. The app stores it only if no
   * webhook has brought the same message or call.
   */
  readonly isBackfill: boolean;
  /** Whether automations must not act on the webhook's events, even if it is young. */
  readonly stale: boolean;
  /**
   * The status that the webhook reports. If it adds nothing to the status that earlier webhooks reported, the webhook's
   * event is not fired.
   */
  readonly status: { readonly sid: string; readonly reported: ReportedStatus } | null;
}

/** Stores webhooks in the journal, the app's database. */
export interface WebhookStore {
  /**
   * Stores the events of a webhook. A repeated webhook changes nothing. If the webhook is `doubtful` (perhaps a
   * repetition), its events are stored as stale. Resolves when the events are on disk.
   *
   * @param take gets the events after the commit if no older event waits, and they are stored as `firing`. In all other
   * cases, the events wait in the journal
   */
  saveWebhook(webhook: WebhookToSave, take?: EventHandover["take"]): Promise<Novelty>;
  /** Whether the journal knows the message or call with this SID. */
  isKnown(sid: string): boolean;
}

/**
 * Passes events to Home Assistant directly after the commit that stores them, without reading them from the journal.
 */
export interface EventHandover {
  /** Called after each commit, in the order of the commits. The journal has marked the given events as being fired. */
  take(events: readonly LoggedEvent[]): void;
  /** Called one time, when no further events follow, because the last commit has succeeded or failed. */
  end(): void;
}

/**
 * The events that wait for Home Assistant. The promise of each method that changes them resolves when the change is on
 * disk.
 */
export interface EventQueue {
  /** Returns the oldest waiting events in order, and marks them as being fired. */
  takeNext(limit: number): Promise<LoggedEvent[]>;
  /**
   * Marks events as delivered. The mark is written with a short delay. If the app is killed during this delay, the
   * events count as maybe delivered. `missed`: those events that were fired as `twilio_data_missed`.
   */
  markDelivered(seqs: readonly number[], missed?: ReadonlySet<number>): Promise<void>;
  /** Marks an event as waiting again, after Home Assistant did not confirm it. */
  requeue(seq: number, maybeDelivered: boolean): Promise<void>;
  /**
   * Marks an event as rejected, because Home Assistant will never accept it. Otherwise, it would block newer events.
   */
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

/** Stores which webhooks wait until the app knows when their message or call was created. */
export interface AgeJournal {
  /**
   * Whether this journal (the app's database) is the installation's first. Then no webhook of the installation can be
   * older than the journal, and a webhook without a known age may be processed.
   */
  readonly isFirstStart: boolean;
  /** The messages and calls whose events wait for the age check, the oldest first. */
  unverifiedSids(limit: number): UnverifiedSid[];
  /**
   * Stores the ages of messages and calls and lets their events be fired, in one transaction. Returns the SIDs of those
   * that are too young to be replays, or whose age is `untold`.
   */
  saveAges(ages: readonly SidAge[]): Promise<string[]>;
}

/** Asks Twilio for the age of messages and calls. */
export interface AgeSource {
  /** When Twilio created a message or call. Rejects if Twilio gives no answer. */
  createdAt(of: UnverifiedSid): Promise<CreatedAt>;
}

/** Stores the user's numbers whose webhooks have reached the app. */
export interface OurNumbers {
  numbers(): OurNumber[];
  /**
   * Stores that a webhook about a message or call to `number` has reached the app at the time `at`, in milliseconds
   * since 1970. `number` is null if the webhook reports no incoming message or call; only the time is stored then.
   */
  save(number: OurNumber | null, at: number): Promise<void>;
}

/** Stores the time up to which the app has fetched the messages and calls that webhooks did not bring (backfill). */
export interface BackfillProgress {
  /**
   * When the last complete backfill began, in milliseconds since 1970 by Twilio's clock. Null in a new journal (the app's
   * database).
   */
  completedUntil(): number | null;
  saveCompletion(until: number): Promise<void>;
}

/** Describes a request for the messages or calls that one of the user's numbers has received since a time. */
export interface MissedItemsQuery {
  readonly kind: "message" | "call";
  /** The number that received the messages or calls. */
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

/** The requests that polling (which reads Twilio's lists all the time) sends to Twilio. The promises never reject. */
export interface MessageLists {
  /**
   * The present time by Twilio's clock, in milliseconds since 1970 and in whole seconds. Before Twilio's first answer,
   * it is the time of this machine.
   */
  now(): number;
  /** The account's numbers, and who gets their messages. */
  numbers(): Promise<ListAnswer<MessageNumber>>;
  /**
   * The names of webhook relays (small programs at Twilio) that other installations of this app have made in the
   * account.
   */
  relaysOfOthers(): Promise<ListAnswer<string>>;
  /** The messages of the whole account that were created at `since` or later. Twilio usually lists the newest first. */
  messagesSince(since: Date): Promise<ListAnswer<ListedMessage>>;
  /** Reads one message that the account sent. */
  sentMessage(sid: string): Promise<ListAnswer<SentMessage>>;
  /** The URL and type of each file that came with a message, as in the message's webhook. */
  mediaOf(sid: string): Promise<ListAnswer<MessageFile>>;
}

/** A file that came with a message. */
export interface MessageFile {
  readonly url: string;
  readonly contentType: string;
}

/** Stores the state of polling for one account, so that polling continues after a restart. */
export interface PollingJournal {
  /** The stored state of the account; null if polling has never begun. */
  account(): PolledAccount | null;
  saveAccount(account: PolledAccount): Promise<void>;
  numbers(): readonly PolledNumber[];
  saveNumbers(numbers: readonly PolledNumber[]): Promise<void>;
}

/** The messages that the app itself sent. */
export interface SentMessages {
  /** Returns those of `sids` that belong to messages of the app. */
  claimedSids(sids: readonly string[]): ReadonlySet<string>;
  /**
   * The SIDs of messages that the app sent after `since` and that have no final status. `since` is in milliseconds
   * since 1970.
   */
  openMessageSids(since: number): readonly string[];
}

/** Finds the delivery (one sent message or call) that a webhook is about. */
export interface DeliveryReferences {
  /**
   * The ID of the automation's request that led to the message or call in a status callback; null if it is not known.
   * The journal finds the request by the delivery's secret reference in the callback's URL, or by Twilio's SID.
   */
  requestIdOf(reference: string | null, sid: string | null): string | null;
  /**
   * Stores the SID that Twilio gave to a delivery, as a signed status callback reports it. `reference`: the delivery's
   * secret reference in the callback's URL.
   */
  saveSid(reference: string, sid: string): Promise<void>;
  /**
   * Whether the journal has a message or call to exactly this number, on any channel, that Twilio accepted. The journal
   * keeps it as long as the history (the option `history_days`), at least for seven days.
   */
  hasSentTo(address: string): boolean;
}

/** Knows the numbers of both parties of recorded calls. */
export interface RecordedCalls {
  /**
   * The numbers of both parties of a recorded call. `reference`: the secret reference in the URL of the recording's
   * callback, of the delivery or of the step that made the recording.
   */
  partiesOf(reference: string): CallParties | null;
}

/** Gets news about webhooks and their events from the part of the app that stores webhooks. */
export interface InboundListener {
  /**
   * Called in the turn of the event loop in which the app begins to store at most `count` events. Returns an object
   * through which these events reach Home Assistant directly after the commit. Null if they must first be read from the
   * journal.
   */
  eventsSaved(count: number): EventHandover | null;
  /**
   * Called after events have been committed. Some of them are not fired until Twilio has said how old their message or
   * call is.
   */
  eventsCommitted(): void;
  /**
   * Called for a webhook that passed the replay check. `number`: the user's number that received the message or call;
   * null if the webhook reports no incoming message or call.
   */
  newWebhook(number: OurNumber | null): void;
  /** Called after a report about the status of a message or call has been committed, even if it was known before. */
  statusChanged(sid: string): void;
  /** Called after a webhook, new or repeated, has been committed. */
  webhookSaved(fields: WebhookFields): void;
}

/** The app's public address, which the app can learn from signed webhooks. A base is the beginning of its URLs. */
export interface LearnableAddress {
  /** Where the present public address comes from; null while the app has none. */
  source(): AddressSource | null;
  /** The beginning of the URLs that the app gives to Twilio; null while the app has no public address. */
  current(): string | null;
  /**
   * The beginnings of all URLs under which Twilio reaches the app: `current()`, and the public address of the webhook
   * relay if it is another one.
   */
  bases(): readonly string[];
  provisional(): ProvisionalAddress | null;
  /**
   * Sets the provisional (not yet confirmed) public address; null removes it. Does nothing if a public address is
   * configured or learnt.
   */
  setProvisional(address: ProvisionalAddress | null): void;
  /** Stores a confirmed public address; does nothing if a public address is configured or learnt. */
  learn(base: string): void;
}

/** Stores public addresses, so that they are known after a restart. */
export interface AddressMemory {
  learnt(): string | null;
  provisional(): ProvisionalAddress | null;
  /** Stores the learnt public address; null removes it. */
  saveLearnt(base: string | null): void;
  saveProvisional(address: ProvisionalAddress | null): void;
}

/** Requests `/health` at a public address, to see what answers there. Never rejects. */
export type CheckReachable = (base: string) => Promise<Reach>;
