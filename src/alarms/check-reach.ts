import { foldName } from "../contacts/contact.ts";
import type { Contact } from "../contacts/contact.ts";
import type { ResolveRecipient } from "../contacts/ports.ts";
import type { Clock } from "../domain/clock.ts";
import { errorText } from "../domain/error-text.ts";
import type { Notifications } from "../domain/notification.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { AlarmTexts } from "../texts/en/alarms.ts";
import { textsFor } from "../texts/texts-for.ts";
import { alarmTexts } from "./alarm-texts.ts";
import type { AlarmChannel } from "./alarm.ts";
import type { AlarmJournal, PersonReach, ReachSources } from "./ports.ts";

type ReachTexts = AlarmTexts["reach"];

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** The first check begins this long after the app's start, in milliseconds, so that it does not slow the start down. */
const CALM_AFTER_MS = 60_000;
/** The number of earlier alarms whose people are checked. */
const EARLIER_ALARMS = 50;

export interface CheckReachOptions {
  readonly contacts: () => readonly Contact[];
  readonly resolveRecipient: ResolveRecipient;
  readonly journal: Pick<AlarmJournal, "recentAlarms" | "hasOptedOut">;
  readonly sources: ReachSources;
  /** The language of Home Assistant, such as `de`. The sentences about problems are in this language. */
  readonly language: () => string;
  readonly notifications: Notifications;
  readonly clock: Pick<Clock, "wait">;
}

export interface ReachCheck {
  /** The problems that the last check found for each person; empty before the first check. */
  result(): readonly PersonReach[];
  /** Checks once a day until `signal` aborts. If a check fails, the next one follows after an hour. */
  run(signal: AbortSignal): Promise<void>;
}

interface CheckedPerson {
  readonly name: string;
  /** The person's phone number; null if the contact's number is not valid. */
  readonly number: string | null;
  readonly channels: readonly AlarmChannel[];
  readonly push: string | null;
}

/**
 * Checks once a day, without calling anybody, whether alarms can reach people. It checks the people of earlier alarms,
 * and contacts with a push action or a PIN. A notification names each person with a problem.
 */
export function createReachCheck(options: CheckReachOptions): ReachCheck {
  const { contacts, journal, sources, notifications, clock } = options;
  const texts = (): ReachTexts => alarmTexts(options.language()).reach;
  /**
   * Whether Home Assistant shows a notification, by its ID. The app may have raised a notification before its last stop,
   * so this is unknown before the first check.
   */
  const isShown = new Map<string, boolean>();
  let result: readonly PersonReach[] = [];

  async function check(): Promise<boolean> {
    const people = await peopleToCheck();
    const shared = people.length === 0 ? NO_PROBLEMS : await sharedProblems();
    if (shared === null) return false;
    result = await Promise.all(
      people.map(async (person) => ({ name: person.name, problems: await problemsOf(person, shared) })),
    );
    for (const { name, problems } of result) report(name, problems);
    for (const id of isShown.keys()) if (!result.some(({ name }) => idOf(name) === id)) dismiss(id);
    return true;
  }

  function report(name: string, problems: readonly string[]): void {
    const id = idOf(name);
    if (problems.length === 0) {
      dismiss(id);
      return;
    }
    isShown.set(id, true);
    notifications.raise({ id, title: texts().title(name), message: problems.join("\n\n") });
  }

  function dismiss(id: string): void {
    if (isShown.get(id) !== false) notifications.dismiss(id);
    isShown.set(id, false);
  }

  /** Problems of the account that concern calls and texts to everybody; null if Twilio does not answer. */
  async function sharedProblems(): Promise<SharedProblems | null> {
    const account = await sources.account();
    if (account === null) return null;
    const all = account === "ok" ? null : texts().account[account];
    const [call, message] = await Promise.all([
      sources.senderProblem("make_call"),
      sources.senderProblem("send_message"),
    ]);
    const address = sources.publicAddress() === null ? texts().noAddress : null;
    const sentence = (problem: ReportedError | null): string | null =>
      problem === null ? null : errorText(problem, textsFor(options.language()).errors);
    return { all, call: sentence(call) ?? address, message: sentence(message) };
  }

  async function problemsOf(person: CheckedPerson, shared: SharedProblems): Promise<string[]> {
    const { number, channels, push } = person;
    const said = texts();
    const problems: (string | null)[] = [shared.all];
    if (number === null) problems.push(said.unreadable);
    if (channels.includes("call")) problems.push(shared.call);
    if (channels.includes("sms") || channels.includes("whatsapp")) problems.push(shared.message);
    if (channels.includes("sms") && number !== null && journal.hasOptedOut(number))
      problems.push(said.optedOut);
    if (channels.includes("push")) {
      const exists = push === null ? false : await sources.pushExists(push);
      if (push === null) problems.push(said.noPush);
      else if (exists === false) problems.push(said.missingPush(push));
    }
    return problems.filter((problem) => problem !== null);
  }

  async function peopleToCheck(): Promise<CheckedPerson[]> {
    const people = new Map<string, CheckedPerson>();
    for (const { alarm } of journal.recentAlarms(EARLIER_ALARMS)) {
      for (const { name, number, channels, push } of alarm.people) {
        if (!people.has(foldName(name))) people.set(foldName(name), { name, number, channels, push });
      }
    }
    for (const contact of contacts()) {
      const known = people.get(foldName(contact.name));
      if (known === undefined && contact.push === undefined && contact.pin === undefined) continue;
      const recipient = await options.resolveRecipient(contact.number, false);
      const number = recipient.ok ? recipient.address.replace(/^[a-z]+:/i, "") : null;
      const channels = known?.channels ?? ["call"];
      const push = contact.push ?? null;
      people.set(foldName(contact.name), {
        name: contact.name,
        number,
        channels: push === null ? channels : [...new Set<AlarmChannel>([...channels, "push"])],
        push,
      });
    }
    return [...people.values()];
  }

  return {
    result: () => result,
    async run(signal) {
      await clock.wait(CALM_AFTER_MS, signal);
      while (!signal.aborted) {
        const isDone = await check().catch(() => false);
        await clock.wait(isDone ? DAY_MS : HOUR_MS, signal);
      }
    },
  };
}

interface SharedProblems {
  readonly all: string | null;
  readonly call: string | null;
  readonly message: string | null;
}

const NO_PROBLEMS: SharedProblems = { all: null, call: null, message: null };

/** The ID of a person's notification. Two names that differ in a sign, such as an emoji, have different IDs. */
function idOf(name: string): string {
  const id = foldName(name).replace(/[^\p{L}\p{N} ]/gu, (sign) => `-${sign.codePointAt(0)?.toString(16)}`);
  return `twilio_alarm_reach_${id.replaceAll(" ", "_")}`;
}
