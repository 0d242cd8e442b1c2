import type { ReportedStatus } from "../domain/events/delivery-status.ts";
import type { CallParties, EventData, OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { WebhookFields } from "../domain/events/webhook.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { AddressSource, ProvisionalAddress } from "./address-evidence.ts";
import type { MissedItem, OurNumber } from "./backfill/missed-item.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { Reach } from "./reach.ts";
import type { CreatedAt, SidAge, UnverifiedSid } from "./verify-age.ts";
import type { Novelty, WebhookKey } from "./webhook-key.ts";

/** A webhook, or an item of Twilio's lists, as the journal stores it. */
export interface WebhookToSave {
  readonly key: WebhookKey;
  readonly events: readonly OutgoingEvent[];
  readonly receivedAt: number;
  /** `kept`: for the record only, Home Assistant hears nothing. */
  readonly initialState: "pending" | "kept";
  /** Fetched from Twilio afterwards: kept only if nothing was ever heard of its SID. */
  readonly isBackfill: boolean;
  /** Must not be acted on, whatever its age. */
  readonly stale: boolean;
  /** How far something has got; where as much is known already, its status event is kept for the record only. */
  readonly status: { readonly sid: string; readonly told: ReportedStatus } | null;
}

/** Stores what came from Twilio. */
export interface WebhookStore {
  /**
   * Keeps a webhook's events unless it is repeated: then it changes nothing. A doubtful one must not be acted on. On disk
   * when it resolves.
   */
  saveWebhook(webhook: WebhookToSave): Promise<Novelty>;
}

/** The events that wait for Home Assistant. Every change resolves when it is on the disk. */
export interface EventQueue {
  /** The oldest that wait, in order, marked as being fired. */
  takeNext(limit: number): Promise<LoggedEvent[]>;
  /**
   * Soon: an app that is killed within these milliseconds takes them for unsure. `missed`: those of them that went as
   * `twilio_data_missed`.
   */
  markDelivered(seqs: readonly number[], missed?: ReadonlySet<number>): Promise<void>;
  /** Back to waiting; `unsure` where it may have arrived all the same. */
  requeue(seq: number, unsure: boolean): Promise<void>;
  /** Home Assistant will never take it: it no longer blocks the others. */
  reject(seq: number, reason: string): Promise<void>;
}

/**
 * How Home Assistant took an event: `away` surely did not reach it, `unsure` may have, `forbidden` is no fault of the
 * event's: the user has to do something.
 */
export type FireOutcome =
  | { readonly kind: "fired" }
  | { readonly kind: "away" }
  | { readonly kind: "forbidden"; readonly reason: string }
  | { readonly kind: "unsure" }
  | { readonly kind: "refused"; readonly reason: string };

/** Home Assistant's event bus. */
export interface EventBus {
  isRunning(): boolean;
  /** Never rejects. */
  fire(type: string, data: EventData): Promise<FireOutcome>;
}

/** Webhooks that are kept back until it is known how old their message or call is. */
export interface AgeJournal {
  /** Nothing was lost before: no webhook of this installation is older than the journal. */
  readonly isFirstStart: boolean;
  /** SIDs whose events wait for proof, the oldest first. */
  unverifiedSids(limit: number): UnverifiedSid[];
  /** Lets the events of SIDs go, in one step. Returns the SIDs that are young enough to be no captured ones. */
  saveAges(ages: readonly SidAge[]): Promise<string[]>;
}

/** Twilio's word on how old something is. */
export interface AgeSource {
  /** When Twilio made a message or call. Rejects where Twilio is away. */
  createdAt(of: UnverifiedSid): Promise<CreatedAt>;
}

/** Which of our numbers ever reached the app with a valid signature, and since when something may be missed. */
export interface OurNumbers {
  numbers(): OurNumber[];
  /** `number` is ours that was reached; null where the webhook was about something else. */
  save(number: OurNumber | null, at: number): Promise<void>;
  /** All that was missed has been fetched; until then the next start begins where this one did. */
  saveCompletion(): Promise<void>;
}

/** What came to one of our numbers since a time. */
export interface MissedItemsQuery {
  readonly kind: "message" | "call";
  /** One of our numbers. */
  readonly to: string;
  readonly since: Date;
  readonly limit: number;
}

/** Twilio's lists of what came in. They never reject. */
export interface MissedItems {
  fetch(query: MissedItemsQuery): Promise<ListAnswer<MissedItem>>;
  /** Numbers of the account whose address at Twilio is the app's. */
  configuredNumbers(): Promise<ListAnswer<OurNumber>>;
}

/** Whose a message or call of ours is. */
export interface DeliveryReferences {
  /** The request that a status is about, by reference or SID. */
  requestIdOf(reference: string | null, sid: string | null): string | null;
  /** A signed status callback of ours carried the reference. */
  saveSid(reference: string, sid: string): Promise<void>;
}

/** Calls that were recorded. */
export interface RecordedCalls {
  /** Who telephoned with whom on a call, by the reference in the recording's callback. */
  partiesOf(reference: string): CallParties | null;
}

/** Told what came from Twilio. */
export interface InboundListener {
  /** Something is about to wait for Home Assistant. */
  eventSaved(): void;
  /** A webhook is new; not called for one that was captured and is sent again. */
  newWebhook(): void;
  /** A status change has been written to disk. */
  statusChanged(sid: string): void;
  /** A webhook, new or repeated, has been written to disk. */
  webhookSaved(fields: WebhookFields): void;
}

/** The app's public address, as far as it can be learnt. */
export interface LearnableAddress {
  /** Where the present one is from; null while there is none. */
  source(): AddressSource | null;
  /** The base to give to Twilio; null while there is none. */
  current(): string | null;
  provisional(): ProvisionalAddress | null;
  /** Sets or clears the provisional address; does nothing once an address is configured or learnt. */
  setProvisional(address: ProvisionalAddress | null): void;
  /** Keeps a confirmed base; does nothing once an address is configured or learnt. */
  learn(base: string): void;
}

/** What is kept of the public address over restarts. */
export interface AddressMemory {
  learnt(): string | null;
  provisional(): ProvisionalAddress | null;
  /** Keeps the address in this state; null for none. */
  saveLearnt(base: string | null): void;
  saveProvisional(address: ProvisionalAddress | null): void;
}

/** Asks for `/health` at an address. Never rejects. */
export type CheckReachable = (base: string) => Promise<Reach>;
