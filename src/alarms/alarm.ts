/** The ways in which a person can be reached. */
export const ALARM_CHANNELS = ["call", "sms", "whatsapp", "push"] as const;
export type AlarmChannel = (typeof ALARM_CHANNELS)[number];

/**
 * The final states of an alarm. `closed`: it ended after somebody had taken it. `unanswered`: nobody took it.
 * `stopped`: a user or an automation stopped it. `blocked`: the daily limit was used up.
 */
export type AlarmEnd = "closed" | "unanswered" | "stopped" | "blocked";

/**
 * The state of an alarm. `open`: the app calls people until somebody takes the alarm, which means to take care of it.
 * `taken`: a person of the alarm or somebody else, such as a user of the panel, has taken it.
 */
export type AlarmState = "open" | "taken" | AlarmEnd;

/** The settings of an alarm. All times are in seconds. */
export interface AlarmTerms {
  readonly order: "one_by_one" | "all_at_once";
  readonly ringSeconds: number;
  /**
   * How many times in a row the app calls a person whose phone rings without an answer. If the line is busy, the app
   * does not call again in this turn. A second call within three minutes gets through Do Not Disturb.
   */
  readonly calls: number;
  /** How long the app waits for an answer to a text or push before it asks the next person. */
  readonly waitSeconds: number;
  readonly pauseSeconds: number;
  /**
   * After how many rounds the alarm ends; in a round, the app tries to reach each person. Null if only `giveUpSeconds`
   * ends it.
   */
  readonly rounds: number | null;
  readonly giveUpSeconds: number;
  readonly key: string;
  readonly passKey: string;
  readonly confirm: "key" | "pin" | "twice";
  /**
   * After this time, the app asks the person who took the alarm whether they still take care of it, again and again. 0:
   * never.
   */
  readonly remindSeconds: number;
  readonly quietSeconds: number;
  readonly inform: "none" | "reached" | "all";
  /** How people are told that nobody took the alarm. The second channel is used if the first one fails. */
  readonly atEnd: readonly ("sms" | "push")[];
  readonly language: string;
  readonly voice: string | null;
  /** How many times a call speaks the message. */
  readonly repeat: number;
  /** Whether the alarm is a drill (test). Every text says so. */
  readonly test: boolean;
}

/** A person whom an alarm calls. The fields are read from the contacts and options when the alarm starts. */
export interface AlarmPerson {
  /** The person's position in the alarm's list of people, from 0. The app identifies the person by it. */
  readonly position: number;
  /** The contact's name, or the number in E.164 if no contact has it. */
  readonly name: string;
  readonly contact: string | null;
  readonly channels: readonly AlarmChannel[];
  /** The person's phone number in E.164. */
  readonly number: string;
  /**
   * The sender for calls and text messages: the option `default_sender`. Null if this option is empty. A text then
   * comes from the only number of the account that can send texts. If the sender is null or no phone number, a call
   * comes from the only number that can call.
   */
  readonly sender: string | null;
  /** The notify action that sends a push to the person's phone, without `notify.`; null for none. */
  readonly push: string | null;
  readonly pin: string | null;
  /**
   * Six digits with which the person can take the alarm by text. A new message of the alarm brings a new code. If
   * somebody took the alarm less than `quiet_seconds` ago, the new code comes only when people are asked again.
   */
  readonly code: string;
  /**
   * A secret part of the `action` of the push's button, with which the person can take the alarm. The app renews the
   * token together with `code`.
   */
  readonly pushToken: string;
  /** How many wrong codes the person sent by text. */
  readonly wrongCodes: number;
  /** Whether the person replied without the code, and the app then sent the code. */
  readonly wasSentCode: boolean;
  /** Whether the person tried to take the alarm and was told that somebody else has taken it. */
  readonly knowsOwner: boolean;
}

/** One message of an alarm. If somebody starts an open alarm with another message, the alarm gets a new revision. */
export interface AlarmRevision {
  /** The number of the revision, from 1. */
  readonly revision: number;
  readonly message: string;
  /** When the app received this message. All times in this file are in milliseconds since 1970. */
  readonly at: number;
  /**
   * The app asks people about this message from this round on. If a reminder is not confirmed, the app sets this field
   * to the next round. In a round, the app tries to reach each person.
   */
  readonly fromRound: number;
}

/** How a person took the alarm. */
export type TakenHow = "key" | "reply" | "button" | "push" | "incoming_call" | "action";

export interface AlarmTaken {
  /** The position of the person who took the alarm. Null if the alarm does not call this person. */
  readonly person: number | null;
  /**
   * The name of the person who took the alarm. This is a person whom the alarm calls, a user of the panel, or the name
   * that an automation gave.
   */
  readonly name: string;
  readonly channel: AlarmChannel | null;
  readonly how: TakenHow;
  readonly at: number;
  /**
   * When the person took the alarm, or last confirmed that they take care of it. The app also sets this time when the
   * daily limit prevents a reminder.
   */
  readonly confirmedAt: number;
}

export interface Alarm {
  /** A random ID, which does not contain the alarm's name. */
  readonly id: string;
  readonly name: string;
  readonly state: AlarmState;
  readonly terms: AlarmTerms;
  readonly people: readonly AlarmPerson[];
  /** The messages of the alarm, the oldest first. There is at least one. */
  readonly revisions: readonly AlarmRevision[];
  /** The position of the person whom the app tries to reach first. */
  readonly firstPerson: number;
  readonly startedAt: number;
  readonly giveUpAt: number;
  /**
   * Whether the app has moved `giveUpAt` to a later time because of a delayed start or a restart of the app. After
   * that, a restart moves `giveUpAt` only if Twilio and Home Assistant have accepted no call, text or push about the
   * alarm's present message.
   */
  readonly isExtended: boolean;
  /**
   * The latest end of the present pause between two rounds. The app sets this time after a restart to shorten a long
   * pause. Null if the pause has its usual length.
   */
  readonly pauseEndsBy: number | null;
  /**
   * The round in which the daily limit was used up. From then on, the app asks people only by push, and one person by
   * one call. Null if the limit has stopped no call or text of this alarm. A new message or an unconfirmed reminder
   * sets this field to null again.
   */
  readonly limitedRound: number | null;
  /** The person who has taken the alarm. Null if nobody has taken it, or if the alarm was opened again after that. */
  readonly taken: AlarmTaken | null;
  /** When the app last told the person who took the alarm that it was started again. */
  readonly repeatedAt: number | null;
  readonly endedAt: number | null;
  /** Messages up to this position in the event log (a table of the journal) were already read as replies. */
  readonly repliesUntil: number;
}

/** The newest message of an alarm. */
export function presentRevision({ revisions }: Pick<Alarm, "revisions">): AlarmRevision {
  const present = revisions.at(-1);
  if (present === undefined) throw new Error("an alarm has no revision");
  return present;
}

/** Whether an alarm has ended. */
export function hasEnded({ state }: Pick<Alarm, "state">): boolean {
  switch (state) {
    case "open":
    case "taken":
      return false;
    case "closed":
    case "unanswered":
    case "stopped":
    case "blocked":
      return true;
  }
}

/** The final state of an alarm that a user or an automation stops. */
export function endOnRequest({ taken }: Pick<Alarm, "taken">): "closed" | "stopped" {
  return taken === null ? "stopped" : "closed";
}

/** The people of an alarm in the order in which the app asks them. */
export function peopleInOrder({ people, firstPerson }: Pick<Alarm, "people" | "firstPerson">): AlarmPerson[] {
  const first = people.filter(({ position }) => position === firstPerson);
  return [...first, ...people.filter(({ position }) => position !== firstPerson)];
}
