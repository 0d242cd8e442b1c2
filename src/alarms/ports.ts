import type { ScriptStep } from "../calls/script.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ExistingCommand } from "../outbound/ports.ts";
import type { AlarmChange, AlarmRecords, StoredAlarm } from "./changes/change.ts";
import type { ReceivedText } from "./changes/reply.ts";
import type { TryPosition } from "./stored-try.ts";

/** A request of an automation, or of the panel, about an alarm. */
export interface AlarmRequest {
  readonly requestId: string;
  readonly origin: string;
  /** Equal for the same payload. A repeated `request_id` with another one is refused. */
  readonly fingerprint: string;
  /** When the request was received, in milliseconds since 1970. */
  readonly receivedAt: number;
}

/**
 * The alarm that a request names: by its id, or the one with this name that has not ended; null: the only one. A drill
 * and an alarm may have the same name. Without `isDrill`, the alarm is meant.
 */
export type AlarmSelector =
  | { readonly id: string }
  | { readonly name: string; readonly isDrill?: boolean }
  | null;

/** What the journal has for a request about an alarm. */
export interface FoundAlarm {
  /** The alarm that is meant; null if there is none, or if several could be meant. */
  readonly current: StoredAlarm | null;
  /** How many alarms could be meant. */
  readonly matches: number;
  /** The last alarm of this name that has ended; null for none. */
  readonly earlier: StoredAlarm | null;
  /** The newest event of the log. */
  readonly lastEvent: number;
}

/** What a request does: the change of an alarm, if there is one, and the data of the request's `twilio_result`. */
export interface AlarmDecision {
  readonly change: AlarmChange | null;
  readonly response: EventData;
}

/** The outcome of a request about an alarm. */
export type AlarmRequestOutcome = ExistingCommand | ({ readonly kind: "done" } & AlarmDecision);

/**
 * Stores alarms. A change of an alarm is one transaction with its tries, their deliveries, and the events for Home
 * Assistant. The function that decides it runs within the transaction, and may run twice.
 */
export interface AlarmJournal {
  /** Changes an alarm; null if `decide` changes nothing, or if there is no such alarm. */
  change(
    id: string,
    decide: (stored: StoredAlarm, records: AlarmRecords) => AlarmChange | null,
    at: number,
  ): Promise<AlarmChange | null>;
  /** Handles a request once, even if it is repeated. Its result is stored and reported in the same transaction. */
  request(
    request: AlarmRequest,
    selector: AlarmSelector,
    decide: (found: FoundAlarm, records: AlarmRecords) => AlarmDecision,
  ): Promise<AlarmRequestOutcome>;
  /** The alarms that are open or taken, oldest first. */
  openAlarms(): StoredAlarm[];
  /** The ids of all alarms that need attention: also an ended one, until its last call and message are done. */
  unsettledAlarms(): string[];
  /** An open or ended alarm with all its tries; null if there is none. */
  alarmProtocol(id: string): StoredAlarm | null;
  /** The newest alarms, newest first. */
  recentAlarms(limit: number): StoredAlarm[];
  /** The alarm of the try with this secret reference; null for none. */
  alarmOfTry(reference: string): TryPosition | null;
  /** The alarms with a call or message of this SID. */
  alarmsOfSid(sid: string): string[];
  /** Whether Twilio refused the last message to a number, because its owner has opted out. */
  hasOptedOut(number: string): boolean;
  /** The messages in the event log after this position, oldest first. */
  textsAfter(seq: number): ReceivedText[];
}

/** Why a person cannot be reached, in sentences. They are in the app's language of calls. */
export interface PersonReach {
  readonly name: string;
  /** Empty if the person can be reached. */
  readonly problems: readonly string[];
}

/** The alarms for the panel. */
export interface AlarmControl extends Pick<AlarmJournal, "openAlarms" | "recentAlarms" | "alarmProtocol"> {
  /** Takes an alarm in the name of somebody, such as the user of the panel. */
  take(id: string, name: string): Promise<"taken" | "confirmed" | "other" | "over">;
  /** Stops an alarm. False if it has ended before. */
  stop(id: string): Promise<boolean>;
  /** Starts a drill: an alarm that says so in every text. Resolves to the data of its `twilio_result`. */
  startDrill(people: readonly string[], message: string): Promise<EventData>;
  /** The result of the last daily check; empty before the first one. */
  reach(): readonly PersonReach[];
}

/** Changes calls of alarms that are in progress. No method rejects; each returns whether Twilio has accepted it. */
export interface AlarmCallControl {
  /** Ends a call that nobody has answered. */
  cancel(callSid: string): Promise<boolean>;
  /** Ends a call, whether or not it was answered. */
  hangUp(callSid: string): Promise<boolean>;
  /** Interrupts a call with another step. `reference`: of its try. */
  say(callSid: string, reference: string, step: ScriptStep): Promise<boolean>;
}

/** A push notification to one phone. */
export interface AlarmPush {
  /** The notify action without `notify.`. */
  readonly service: string;
  readonly title: string;
  readonly message: string;
  /** Replaces an earlier push with the same tag. */
  readonly tag: string;
  /** The button that takes the alarm; null for none. A push with this button sounds even if the phone is silent. */
  readonly button: { readonly action: string; readonly title: string } | null;
}

/** The outcome of a push. `away`: Home Assistant is not connected. */
export type PushOutcome =
  | { readonly kind: "sent" | "away" }
  | { readonly kind: "failed"; readonly error: { readonly code: string; readonly message: string } };

/** Sends push notifications through Home Assistant. */
export interface PushSender {
  /** Never rejects. */
  send(push: AlarmPush): Promise<PushOutcome>;
  /** Removes a push from a phone. Never rejects. */
  clear(service: string, tag: string): Promise<void>;
  /** Calls back with the `action` of each pressed button. Returns a function that ends the subscription. */
  onAction(listener: (action: string) => void): () => void;
}

/** What the daily check needs to know. No method rejects. */
export interface ReachSources {
  /** The state of the account; null if Twilio gives no answer. */
  account(): Promise<"ok" | "refused" | "suspended" | "no_balance" | null>;
  /** Why no call or message can be sent without naming a sender; null if it can. */
  senderProblem(command: "make_call" | "send_message"): Promise<string | null>;
  publicAddress(): string | null;
  /** Whether Home Assistant has this notify action; null while it gives no answer. */
  pushExists(service: string): Promise<boolean | null>;
}
