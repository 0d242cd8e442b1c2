import type { Random } from "../../random.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { TwilioCall } from "../neighbours/twilio-account.ts";
import type { AlarmHistory } from "./alarm-history.ts";
import { ALARM_CONTACTS, contactAt } from "./alarm-people.ts";
import type { AlarmContact } from "./alarm-people.ts";

/**
 * With `nobody`, all phones ring out and nobody replies. With `some`, people do different things. With `mailboxes`, most
 * calls are answered by a mailbox, which presses no key. With `once`, each person takes an alarm on the first call, and
 * then does nothing more.
 */
export type Mood = "nobody" | "some" | "mailboxes" | "once";

/** How a person answers a call. */
export interface PickUp {
  /** How long Twilio waits before the phone rings, in milliseconds. */
  readonly queueMs: number;
  readonly ringMs: number;
  readonly outcome: "answers" | "no-answer" | "busy" | "failed";
}

export interface PeopleOptions {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly mood: Mood;
  readonly history: AlarmHistory;
  readonly write: (from: string, body: string) => void;
  readonly call: (from: string) => void;
  /** Presses the button of a push notification. */
  readonly press: (action: string) => void;
}

/** The people whom alarms call. Each call or text gets one of several reactions. */
export interface People {
  /** How a person answers a call, or null for the phone of somebody else. */
  pickUp(call: TwilioCall): PickUp | null;
  /** The keys that a person presses after a question, possibly none. Null for somebody else. */
  keys(call: TwilioCall): { readonly digits: string; readonly ms: number } | null;
  /** A person calls the account's number, and presses these keys at each question. */
  callBack(person: string, presses: string): void;
  /** Reports that a call to a person has ended. */
  callEnded(call: TwilioCall): void;
  getText(to: string, body: string): void;
  getPush(service: string, data: unknown): void;
}

/** The possible replies, given the code in the text. */
const REPLIES: readonly ((code: string) => string)[] = [
  (code) => code,
  (code) => `ok ${code}`,
  () => "ok",
  () => "000000",
  () => "+1 202 555 0199: I am on my way",
];

/** Creates the people of a run. */
export function createPeople(options: PeopleOptions): People {
  const { random, scheduler, mood, history } = options;
  const now = (): number => scheduler.elapsed();
  const isWilling = (oneOf: number): boolean => mood === "some" && random.below(oneOf) === 0;
  /** By the number of a person who calls back: the keys that the person presses. */
  const plannedKeys = new Map<string, string>();
  /** The SIDs of calls that a mailbox has answered. */
  const mailboxes = new Set<string>();

  function personOn({ direction, from, to }: TwilioCall): AlarmContact | undefined {
    return contactAt(direction === "inbound" ? from : to);
  }

  return {
    pickUp(call) {
      if (personOn(call) === undefined) return null;
      const queueMs = random.below(6) === 0 ? between(random, 5_000, 30_000) : between(random, 100, 2_000);
      const ringMs = between(random, 500, 20_000);
      if (mood === "once") {
        const isFirst = history.acts.length === 0;
        return { queueMs, ringMs: between(random, 500, 8_000), outcome: isFirst ? "answers" : "no-answer" };
      }
      const isMailbox = mood === "mailboxes" && random.below(4) > 0;
      if (isMailbox) mailboxes.add(call.sid);
      if (isMailbox) return { queueMs, ringMs: between(random, 500, 8_000), outcome: "answers" };
      const outcome = isWilling(2)
        ? "answers"
        : random.pick(["no-answer", "no-answer", "no-answer", "busy", "failed"] as const);
      return { queueMs, ringMs, outcome };
    },
    keys(call) {
      const person = personOn(call);
      if (person === undefined) return null;
      const planned = call.direction === "inbound" ? plannedKeys.get(person.number) : undefined;
      const digits = mailboxes.has(call.sid)
        ? ""
        : (planned ?? (mood === "once" ? "1" : random.pick(["1", "1", "1", "2", "5", ""])));
      const ms = digits === "" ? 12_000 : between(random, 1_200, 8_000);
      scheduler.after(ms - 10, () => {
        if (digits === "1") history.acts.push({ person: person.name, how: "key", at: now() });
        if (digits === "2") history.acts.push({ person: person.name, how: "pass", at: now() });
      });
      return { digits, ms };
    },
    callBack(name, presses) {
      const person = ALARM_CONTACTS.find((contact) => contact.name === name);
      if (person === undefined) return;
      plannedKeys.set(person.number, presses);
      history.callBacks.push({ person: name, at: now() });
      options.call(person.number);
    },
    callEnded(call) {
      if (call.direction === "inbound" || call.status !== "no-answer" || !isWilling(4)) return;
      const person = personOn(call);
      if (person === undefined) return;
      scheduler.after(between(random, 2_000, 30_000), () => {
        history.callBacks.push({ person: person.name, at: now() });
        options.call(person.number);
      });
    },
    getText(to, body) {
      const person = contactAt(to);
      const code = /reply (\d{6})/.exec(body)?.[1];
      if (person === undefined || code === undefined || !isWilling(3)) return;
      const reply = random.pick(REPLIES)(code);
      scheduler.after(between(random, 1_000, 40_000), () => {
        if (reply.includes(code)) history.acts.push({ person: person.name, how: "reply", at: now() });
        options.write(to, reply);
      });
    },
    getPush(service, data) {
      const person = ALARM_CONTACTS.find(({ push }) => push === service);
      const action = /TWILIO_TAKE_[0-9a-f]{32}/.exec(JSON.stringify(data))?.[0];
      if (person === undefined || action === undefined || !isWilling(4)) return;
      scheduler.after(between(random, 500, 30_000), () => {
        history.acts.push({ person: person.name, how: "push", at: now() });
        options.press(action);
      });
    },
  };
}
