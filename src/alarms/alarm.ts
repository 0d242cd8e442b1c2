/** The ways in which a person can be reached. */
export const ALARM_CHANNELS = ["call", "sms", "whatsapp", "push"] as const;
export type AlarmChannel = (typeof ALARM_CHANNELS)[number];

/** The states in which an alarm can end. `closed`: somebody had taken it. */
export type AlarmEnd = "closed" | "unanswered" | "stopped" | "blocked";

/** `open`: people are called until one of them takes the alarm. `taken`: one of them has it. */
export type AlarmState = "open" | "taken" | AlarmEnd;

/** The settings of an alarm. All times are in seconds. */
export interface AlarmTerms {
  readonly order: "one_by_one" | "all_at_once";
  readonly ringSeconds: number;
  /** How often a phone that rings out is called in one turn. The second call breaks Do Not Disturb. */
  readonly calls: number;
  /** How long to wait for an answer to a text or push. */
  readonly waitSeconds: number;
  readonly pauseSeconds: number;
  /** How many rounds there are; null for as many as fit into `giveUpSeconds`. */
  readonly rounds: number | null;
  readonly giveUpSeconds: number;
  readonly key: string;
  readonly passKey: string;
  readonly confirm: "key" | "pin" | "twice";
  /** 0: the person who has the alarm is not asked again. */
  readonly remindSeconds: number;
  readonly quietSeconds: number;
  readonly inform: "none" | "reached" | "all";
  /** The channels of the message that says that nobody took the alarm, in the order in which they are tried. */
  readonly atEnd: readonly ("sms" | "push")[];
  readonly language: string;
  readonly voice: string | null;
  /** How often the message is spoken. */
  readonly repeat: number;
  /** Whether it is a drill, which every text says. */
  readonly test: boolean;
}

/** A person of an alarm, resolved when the alarm started. */
export interface AlarmPerson {
  /** The person's position in the alarm, from 0. It identifies the person. */
  readonly position: number;
  /** The contact's name, or a number as the automation wrote it. */
  readonly name: string;
  readonly contact: string | null;
  readonly channels: readonly AlarmChannel[];
  /** The number in E.164. */
  readonly number: string;
  /** The sender for calls and text messages; null for the account's only capable number. */
  readonly sender: string | null;
  /** The notify action without `notify.`; null for none. */
  readonly push: string | null;
  readonly pin: string | null;
  /** Six digits, for the present revision. */
  readonly code: string;
  /** Unguessable, for the present revision. Part of the action of a push. */
  readonly pushToken: string;
  readonly wrongCodes: number;
  /** Whether a reply without a code was answered with the code. */
  readonly wasSentCode: boolean;
  /** Whether the person was told who else has the alarm, after trying to take it. */
  readonly knowsOwner: boolean;
}

/** A message of an alarm. A start with another message makes a new revision. */
export interface AlarmRevision {
  /** The number of the revision, from 1. */
  readonly revision: number;
  readonly message: string;
  /** When it was received. This time and all times below are in milliseconds since 1970. */
  readonly at: number;
  /** The number of the first round in which people get this message. */
  readonly fromRound: number;
}

/** How somebody took an alarm. */
export type TakenHow = "key" | "reply" | "button" | "push" | "incoming_call" | "action";

export interface AlarmTaken {
  /** The person's position; null if an automation named nobody of the alarm. */
  readonly person: number | null;
  /** The person's name. A user of the panel who takes the alarm has a name as well. */
  readonly name: string;
  readonly channel: AlarmChannel | null;
  readonly how: TakenHow;
  readonly at: number;
  /** When the person last confirmed that they have the alarm. */
  readonly confirmedAt: number;
}

export interface Alarm {
  /** A random ID. It never contains the alarm's name. */
  readonly id: string;
  readonly name: string;
  readonly state: AlarmState;
  readonly terms: AlarmTerms;
  readonly people: readonly AlarmPerson[];
  /** Oldest first; never empty. */
  readonly revisions: readonly AlarmRevision[];
  /** The position of the person who is asked first. */
  readonly firstPerson: number;
  readonly startedAt: number;
  readonly giveUpAt: number;
  /** Whether downtime has extended `giveUpAt`. That happens at most once. */
  readonly isExtended: boolean;
  /** The next round begins by this time; null for the usual pause. Set after a restart. */
  readonly pauseEndsBy: number | null;
  /** The round in which the daily limit was used up, so that it has only pushes and one call; null for none. */
  readonly limitedRound: number | null;
  /** The person who has the alarm. Null if nobody has taken it, or if the person did not confirm a reminder. */
  readonly taken: AlarmTaken | null;
  /** When the person who has it was last informed about a repeated start. */
  readonly repeatedAt: number | null;
  readonly endedAt: number | null;
  /** The position in the event log up to which messages were read as replies. */
  readonly repliesUntil: number;
}

/** The present revision. */
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

/** The people in the order in which they are asked. */
export function peopleInOrder({ people, firstPerson }: Pick<Alarm, "people" | "firstPerson">): AlarmPerson[] {
  const first = people.filter(({ position }) => position === firstPerson);
  return [...first, ...people.filter(({ position }) => position !== firstPerson)];
}
