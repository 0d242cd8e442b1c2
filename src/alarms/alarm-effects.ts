import type { CallStatuses, LiveCalls } from "../calls/ports.ts";
import type { Clock } from "../domain/clock.ts";
import { writtenText } from "./alarm-request.ts";
import { alarmTexts } from "./alarm-texts.ts";
import { CALLED_OFF, isLiveCall, isNeeded } from "./alarm-try.ts";
import type { AlarmTry } from "./alarm-try.ts";
import { hasEnded } from "./alarm.ts";
import type { Alarm, AlarmPerson } from "./alarm.ts";
import { callCorrections } from "./changes/answer-keys.ts";
import type { CallCorrection } from "./changes/answer-keys.ts";
import { draftOf, withTry } from "./changes/change.ts";
import type { AlarmChange, Draft, StoredAlarm } from "./changes/change.ts";
import type { AlarmCallControl, AlarmJournal, PushOutcome, PushSender } from "./ports.ts";

/** How often the app asks Twilio for the status of a call while nobody has taken the alarm, in milliseconds. */
const POLL_MS = 5_000;
/** How often the app tries again to end a ringing call that is not needed any more, in milliseconds. */
const REPEAT_MS = 3_000;
/**
 * A person on a call hears that the alarm was taken or has ended. The app ends the call this long afterwards, in
 * milliseconds.
 */
const LISTEN_MS = 30_000;

/**
 * The `action` of the button in an alarm's push notification begins with this text. The person's secret token follows.
 */
export const TAKE_ACTION = "TWILIO_TAKE_";

export interface AlarmEffectsOptions {
  readonly journal: Pick<AlarmJournal, "alarmProtocol">;
  readonly calls: AlarmCallControl;
  readonly liveCalls: Pick<LiveCalls, "askStatus">;
  readonly statuses: CallStatuses;
  readonly push: PushSender;
  readonly clock: Clock;
}

/** Changes an alarm with the function `edit` and adds the alarm's next steps, such as calls. */
type SaveOutcome = (id: string, edit: (stored: StoredAlarm) => Draft) => Promise<unknown>;

/**
 * Acts after a change of an alarm: sends push notifications, and ends or corrects calls in progress. It starts no new
 * calls and texts. The app puts these into the same queue as calls and texts of automations.
 */
export interface AlarmEffects {
  /**
   * Acts after a stored change: sends pushes, and ends or corrects calls. The function `save` stores the outcome of a
   * push.
   */
  apply(change: AlarmChange, save: SaveOutcome): void;
  /**
   * Asks Twilio for the status of each of the alarm's calls in progress. Skips a call for `REPEAT_MS` after the last
   * request, and after the first `refresh` of this call.
   */
  refresh(id: string): Promise<void>;
  /** The time until `refresh` should be called again, in milliseconds; null if no call is in progress. */
  pollMs(stored: StoredAlarm): number | null;
}

/**
 * Creates the functions that act after a change of an alarm. They decide from the stored alarm what to do. So after a
 * restart, they do what was not finished.
 */
export function createAlarmEffects(options: AlarmEffectsOptions): AlarmEffects {
  const { journal, calls, liveCalls, statuses, push, clock } = options;
  /** The secret references of the push notifications that the app is sending. */
  const sending = new Set<string>();
  /**
   * The app's actions on each call, by the call's SID. The key of the inner map stands for one sentence that the app
   * said, or for the end of the call. The value is the time of the app's last attempt, by `Clock.monotonic`.
   */
  const informed = new Map<string, Map<string, number>>();
  /**
   * When the app last asked Twilio for the status of each call, by the call's SID. Before the first request, the time
   * of the first `refresh` of the call.
   */
  const asked = new Map<string, number>();
  /** The push notifications that the app has removed from phones, by the alarm's ID. */
  const cleared = new Map<string, Set<string>>();

  function sendPushes({ alarm, tries }: StoredAlarm, save: SaveOutcome): void {
    for (const made of tries) {
      const isWaiting = made.channel === "push" && made.outcome === null && !sending.has(made.reference);
      const person = alarm.people.find(({ position }) => position === made.person);
      if (!isWaiting || person === undefined) continue;
      sending.add(made.reference);
      const run = isNeeded(alarm, made)
        ? sendPush(alarm, person, made, save)
        : save(alarm.id, (stored) => withTry(draftOf(stored), made.number, calledOff(clock.now())));
      void run.catch(() => undefined).finally(() => sending.delete(made.reference));
    }
  }

  async function sendPush(
    alarm: Alarm,
    person: AlarmPerson,
    made: AlarmTry,
    save: SaveOutcome,
  ): Promise<void> {
    const { written } = alarmTexts(alarm.terms.language);
    const isQuestion = made.purpose === "ask" || made.purpose === "remind";
    const title = made.purpose === "remind" ? written.keep : written.take;
    const sent = await push.send({
      service: person.push ?? "",
      title: alarm.name,
      message: writtenText(alarm, person, made),
      tag: tagOf(alarm),
      button: isQuestion ? { action: `${TAKE_ACTION}${person.pushToken}`, title } : null,
    });
    await save(alarm.id, (stored) => withTry(draftOf(stored), made.number, pushOutcome(sent, clock.now())));
  }

  function clearPushes({ alarm, tries }: StoredAlarm): void {
    if (alarm.state === "open") return;
    const done = cleared.get(alarm.id) ?? new Set();
    cleared.set(alarm.id, done);
    for (const { push: service, position } of alarm.people) {
      const own = tries.filter((made) => made.person === position && made.channel === "push");
      // A push replaces the earlier one on the phone. A push that Home Assistant did not get replaces nothing.
      const shown = own.findLast(({ outcome }) => outcome === null || outcome === "delivered");
      if (service === null || shown?.outcome !== "delivered") continue;
      const isOver = shown.purpose === "ask" || (shown.purpose === "remind" && hasEnded(alarm));
      const key = `${position} ${shown.number}`;
      if (!isOver || done.has(key)) continue;
      done.add(key);
      push.clear(service, tagOf(alarm));
    }
  }

  function correctCalls(stored: StoredAlarm): void {
    for (const correction of callCorrections(stored)) void correct(correction, stored.alarm);
  }

  async function correct(correction: CallCorrection, alarm: Alarm): Promise<void> {
    const { sid, made } = correction;
    const key = `${correction.kind} ${alarm.state} ${alarm.revisions.length}`;
    const sentences = informed.get(sid) ?? new Map<string, number>();
    informed.set(sid, sentences);
    const last = sentences.get(key);
    const now = clock.monotonic();
    if (correction.kind === "cancel") {
      if (last !== undefined && now - last < REPEAT_MS) return;
      sentences.set(key, now);
      await calls.cancel(sid);
      return;
    }
    if (last !== undefined) {
      if (alarm.state !== "open" && now - last > LISTEN_MS) await calls.hangUp(sid);
      return;
    }
    sentences.set(key, now);
    if (!(await calls.say(sid, made.reference, correction.step))) sentences.delete(key);
  }

  /** Removes what is remembered about calls that have ended, and about alarms that have nothing left to do. */
  function prune({ alarm, tries }: StoredAlarm): void {
    for (const { sid, outcome } of tries) {
      if (sid === null || outcome === null) continue;
      informed.delete(sid);
      asked.delete(sid);
    }
    if (hasEnded(alarm) && tries.every(({ outcome }) => outcome !== null)) cleared.delete(alarm.id);
  }

  return {
    apply(change, save) {
      sendPushes(change, save);
      clearPushes(change);
      correctCalls(change);
      prune(change);
    },
    async refresh(id) {
      const stored = journal.alarmProtocol(id);
      const live = (stored?.tries ?? []).filter(isLiveCall).filter(({ sid }) => sid !== null);
      await Promise.all(live.map(({ sid }) => refreshCall(sid ?? "")));
    },
    pollMs({ alarm, tries }) {
      const live = tries.filter(isLiveCall).filter(({ sid }) => sid !== null);
      if (live.length === 0) return null;
      return alarm.state === "open" ? POLL_MS : REPEAT_MS;
    },
  };

  async function refreshCall(sid: string): Promise<void> {
    const now = clock.monotonic();
    const last = asked.get(sid);
    asked.set(sid, last === undefined ? now : last);
    // Twilio's status callback usually arrives within REPEAT_MS, so ask Twilio for the status only after this time.
    if (last === undefined || now - last < REPEAT_MS) return;
    asked.set(sid, now);
    const status = await liveCalls.askStatus(sid).catch(() => null);
    if (status === null || status === "unknown") return;
    await statuses.save(sid, status, clock.now()).catch(() => undefined);
  }
}

function calledOff(at: number): Partial<AlarmTry> {
  return { endedAt: at, outcome: "canceled", error: CALLED_OFF };
}

function tagOf({ id }: Alarm): string {
  return `twilio_alarm_${id}`;
}

function pushOutcome(sent: PushOutcome, at: number): Partial<AlarmTry> {
  switch (sent.kind) {
    case "sent":
      return { acceptedAt: at, endedAt: at, outcome: "delivered" };
    case "away":
      return { endedAt: at, outcome: "not_asked" };
    case "failed":
      return { endedAt: at, outcome: "failed", error: sent.error };
  }
}
