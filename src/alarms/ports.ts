import type { ScriptStep } from "../calls/script.ts";
import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { ExistingCommand } from "../outbound/ports.ts";
import type { AlarmChange, AlarmRecords, StoredAlarm } from "./changes/change.ts";
import type { ReceivedText } from "./changes/reply.ts";
import type { TryPosition } from "./stored-try.ts";

/** A request of an automation or of the panel to start, take or stop an alarm. */
export interface AlarmRequest {
  readonly requestId: string;
  readonly origin: string;
  /** A hash of the payload. If a repeated `request_id` comes with another fingerprint, the app refuses the request. */
  readonly fingerprint: string;
  /** When the request was received, in milliseconds since 1970. */
  readonly receivedAt: number;
}

/**
 * Says which alarm a request is about: the alarm with this ID, or the alarm with this name that has not ended. Without a
 * name, it means the only alarm that has not ended. A drill (test) and an alarm may have the same name. Without
 * `isDrill`, the selector means the alarm, or a drill if it fits no alarm.
 */
export type AlarmSelector =
  | { readonly id: string }
  | { readonly name?: string | undefined; readonly isDrill?: boolean | undefined };

/** The result of looking in the journal (the app's database) for the alarm that a request names. */
export interface FoundAlarm {
  /** The alarm that the request is about. Null if the request fits no alarm, or several. */
  readonly current: StoredAlarm | null;
  /** The number of alarms that the request fits. */
  readonly matches: number;
  /** The last alarm of this name that has ended, or the last drill for a drill; null for none. */
  readonly earlier: StoredAlarm | null;
  /** The position of the newest event in the event log. */
  readonly lastEvent: number;
}

/** The effect of a request: the change of an alarm (null for no change), and the response for `twilio_result`. */
export interface AlarmDecision {
  readonly change: AlarmChange | null;
  readonly response: EventData;
}

/** The outcome of a request about an alarm. A repeated request is not done again. */
export type AlarmRequestOutcome = ExistingCommand | ({ readonly kind: "done" } & AlarmDecision);

/**
 * Stores alarms. One transaction stores a change of an alarm, its calls, texts and pushes, and the events for Home
 * Assistant. The function that decides the change runs within the transaction, and may run several times.
 */
export interface AlarmJournal {
  /** Changes the alarm with this ID. Resolves with null if `decide` changes nothing, or if no alarm has this ID. */
  change(
    id: string,
    decide: (stored: StoredAlarm, records: AlarmRecords) => AlarmChange | null,
    at: number,
  ): Promise<AlarmChange | null>;
  /**
   * Handles a request one time, even if it is repeated. The same transaction stores its result and the event that
   * reports it.
   */
  request(
    request: AlarmRequest,
    selector: AlarmSelector,
    decide: (found: FoundAlarm, records: AlarmRecords) => AlarmDecision,
  ): Promise<AlarmRequestOutcome>;
  /** The alarms that have not ended, the oldest first. */
  openAlarms(): StoredAlarm[];
  /**
   * The IDs of all alarms that still have something to do. An ended alarm is one of them until its last call, text or
   * push has an outcome.
   */
  unsettledAlarms(): string[];
  /** An alarm with all its tries, also if it has ended; null if no alarm has this ID. */
  alarmProtocol(id: string): StoredAlarm | null;
  /** The `limit` newest alarms, the newest first. */
  recentAlarms(limit: number): StoredAlarm[];
  /** The alarm whose call, text or push has this secret reference, and the number of this try; null if none has it. */
  alarmOfTry(reference: string): TryPosition | null;
  /** The IDs of the alarms whose call or message has this SID. */
  alarmsOfSid(sid: string): string[];
  /** Whether Twilio refused the last message to this number because its owner has opted out. */
  hasOptedOut(number: string): boolean;
  /** The messages in the event log after the position `seq`, the oldest first. */
  textsAfter(seq: number): ReceivedText[];
}

/** Sentences that say why alarms cannot reach a person. They are in Home Assistant's language. */
export interface PersonReach {
  readonly name: string;
  /** Empty if alarms can reach the person. */
  readonly problems: readonly string[];
}

/** The data and actions about alarms that the panel (the app's page) uses. */
export interface AlarmControl extends Pick<AlarmJournal, "openAlarms" | "recentAlarms" | "alarmProtocol"> {
  /** Takes an alarm for a user of the panel. `name`: the user's name. */
  take(id: string, name: string): Promise<"taken" | "confirmed" | "other" | "over">;
  /** Stops an alarm. Resolves with false if the alarm had already ended. */
  stop(id: string): Promise<boolean>;
  /** Starts a drill: a test alarm that says so in every text. Resolves with the data of its `twilio_result`. */
  startDrill(people: readonly string[], message: string): Promise<EventData>;
  /** The result of the last daily check whether alarms can reach people; empty before the first check. */
  reach(): readonly PersonReach[];
}

/**
 * Changes calls of alarms that are in progress. Each method resolves with whether Twilio accepted the change. None
 * rejects.
 */
export interface AlarmCallControl {
  /** Ends a call that still rings. */
  cancel(callSid: string): Promise<boolean>;
  /** Ends a call, even if somebody has answered it. */
  hangUp(callSid: string): Promise<boolean>;
  /** Lets a call say `step` at once. `reference`: the secret reference of this call. */
  say(callSid: string, reference: string, step: ScriptStep): Promise<boolean>;
}

/** A push notification to one person's phone. */
export interface AlarmPush {
  /** The notify action that sends the push, without `notify.`. */
  readonly service: string;
  readonly title: string;
  readonly message: string;
  /** Identifies the push on the phone: it replaces an earlier push with the same tag. */
  readonly tag: string;
  /** The button that takes the alarm; null for none. A push with a button makes a sound even if the phone is silent. */
  readonly button: { readonly action: string; readonly title: string } | null;
}

/**
 * The outcome of sending a push. `away`: the app has no connection to Home Assistant, or lost it before the answer
 * came.
 */
export type PushOutcome =
  | { readonly kind: "sent" | "away" }
  | { readonly kind: "failed"; readonly error: { readonly code: string; readonly message: string } };

/** Sends push notifications through Home Assistant. */
export interface PushSender {
  /** Sends a push. Never rejects. */
  send(push: AlarmPush): Promise<PushOutcome>;
  /**
   * Removes the push with this tag from the phone of the notify action `service`, now or when Home Assistant runs again.
   */
  clear(service: string, tag: string): void;
  /**
   * Calls `listener` with the `action` of each button that a person presses in a push. Returns a function that ends the
   * subscription.
   */
  onAction(listener: (action: string) => void): () => void;
}

/** The questions of the daily check to Twilio and Home Assistant. No method rejects. */
export interface ReachSources {
  /** The state of the Twilio account; null if Twilio does not answer. */
  account(): Promise<"ok" | "refused" | "suspended" | "no_balance" | null>;
  /** Why the app has no sender for a call or message of an alarm; null if it has one, or if Twilio does not answer. */
  senderProblem(command: "make_call" | "send_message"): Promise<ReportedError | null>;
  publicAddress(): string | null;
  /** Whether Home Assistant has this notify action; null if Home Assistant does not answer. */
  pushExists(service: string): Promise<boolean | null>;
}
