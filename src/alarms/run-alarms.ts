import type { Chance } from "../domain/chance.ts";
import type { Clock } from "../domain/clock.ts";
import { errorName } from "../domain/error-name.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { Command } from "../outbound/delivery/command.ts";
import type { AlarmEffects } from "./alarm-effects.ts";
import type { AlarmChange, Draft, StoredAlarm } from "./changes/change.ts";
import { draftOf } from "./changes/change.ts";
import { observeTries } from "./changes/observe.ts";
import { receiveText } from "./changes/reply.ts";
import { settle } from "./changes/settle.ts";
import type { SettleOptions } from "./changes/settle.ts";
import { resumeAlarm, shiftTimes } from "./changes/times.ts";
import { isUnchanged } from "./is-unchanged.ts";
import type { AlarmJournal } from "./ports.ts";

/**
 * If the difference between the system clock and the monotonic clock changes by more than this, in milliseconds,
 * somebody has set the system clock.
 */
const CLOCK_SET_MS = 5_000;
/** The longest time between two checks of an alarm, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

export interface RunAlarmsOptions {
  readonly journal: AlarmJournal;
  readonly effects: AlarmEffects;
  /** Sends a command (request for a call or text) that the journal already has. */
  readonly startDelivery: (command: Command) => void;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
  readonly whatsappTemplate: string | null;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

export interface AlarmRunner {
  /** Makes the data that a change of an alarm uses: the present time, the settings and the journal's `records`. */
  contextOf(records: Pick<SettleOptions, "deliveryOf" | "remainingTries" | "callsTo">): SettleOptions;
  /**
   * Changes an alarm with the function `edit`, adds the alarm's next steps and stores the change. After that, does what
   * the change requires, such as sending pushes.
   */
  change(
    id: string,
    edit: (stored: StoredAlarm, context: SettleOptions) => Draft,
  ): Promise<AlarmChange | null>;
  /** Does what a change requires, such as sending pushes. The caller has already stored the change. */
  changed(change: AlarmChange): void;
  /**
   * Checks an alarm because something about it may be new, such as the status of a call. Then does the alarm's next
   * steps.
   */
  wake(id: string): void;
  /** Checks the alarms that have the message or call with this SID, because its status is new. */
  statusChanged(sid: string): void;
  /** Reads new messages, which may be replies to alarms. */
  readTexts(): void;
  /** If somebody set the system clock, adjusts the times of all alarms. Must be awaited before an alarm is started. */
  clockChecked(): Promise<void>;
  /**
   * Continues the alarms that had not ended when the app stopped. `copiedAt`: when the backup was made, in milliseconds
   * since 1970; null if the journal was not restored from a backup.
   */
  resume(copiedAt: number | null): void;
  stop(): Promise<void>;
}

/** Runs all alarms. Each alarm is checked when its waiting time is over, and when something about it is new. */
export function createAlarmRunner(options: RunAlarmsOptions): AlarmRunner {
  const { journal, effects, clock, chance, logger } = options;
  const stopping = new AbortController();
  /** The controllers that end the wait for the next check of an alarm, by the alarm's ID. */
  const waits = new Map<string, AbortController>();
  const running = new Map<string, Promise<void>>();
  /** The IDs of alarms that must be checked again when their present check has ended. */
  const dirty = new Set<string>();
  let offset = clock.now() - clock.monotonic();
  /** Resolves when the times of all alarms are adjusted to the system clock. */
  let clockFits: Promise<void> = Promise.resolve();
  let inOrder: Promise<unknown> = Promise.resolve();

  const contextOf: AlarmRunner["contextOf"] = ({ deliveryOf, remainingTries, callsTo }) => ({
    deliveryOf,
    remainingTries,
    callsTo,
    now: clock.now(),
    chance,
    whatsappTemplate: options.whatsappTemplate,
  });

  async function change(
    id: string,
    edit: (stored: StoredAlarm, context: SettleOptions) => Draft,
  ): Promise<AlarmChange | null> {
    await clockChecked();
    let result: AlarmChange | null = null;
    await journal.change(
      id,
      (stored, records) => {
        const context = contextOf(records);
        const edited = edit(stored, context);
        result = settle(observeTries(edited, context), context);
        return isUnchanged(stored, result) ? null : result;
      },
      clock.now(),
    );
    if (result !== null) changed(result);
    return result;
  }

  function changed(done: AlarmChange): void {
    for (const command of done.commands) options.startDelivery(command);
    if (done.events.length > 0) options.onReported();
    effects.apply(done, (id, edit) => change(id, edit));
    schedule(done);
  }

  function schedule({ alarm, tries, until }: AlarmChange): void {
    waits.get(alarm.id)?.abort();
    waits.delete(alarm.id);
    const pollMs = effects.pollMs({ alarm, tries });
    if (until === null && pollMs === null) return;
    const ms = Math.min(pollMs ?? Infinity, until === null ? Infinity : until - clock.now(), LONGEST_WAIT_MS);
    const wait = new AbortController();
    waits.set(alarm.id, wait);
    const isOver = AbortSignal.any([wait.signal, stopping.signal]);
    void clock.wait(Math.max(0, ms), isOver).then(() => {
      if (!isOver.aborted) wake(alarm.id);
    });
  }

  function wake(id: string): void {
    if (stopping.signal.aborted) return;
    if (running.has(id)) {
      dirty.add(id);
      return;
    }
    const run = look(id)
      .catch((error: unknown) =>
        logger.error(
          `An alarm could not continue. The app tries again. The error was: ${errorName(error)}.`,
          "alarm failed",
        ),
      )
      .finally(() => {
        running.delete(id);
        if (dirty.delete(id)) wake(id);
      });
    running.set(id, run);
  }

  async function look(id: string): Promise<void> {
    try {
      // Do not wait for Twilio, whose answer may take long. If Twilio reports a new status, the app stores it and then
      // checks the alarm again.
      void effects.refresh(id).catch(() => undefined);
      await change(id, draftOf);
    } catch (error) {
      void clock.wait(1_000, stopping.signal).then(() => wake(id));
      throw error;
    }
  }

  /**
   * If somebody set the system clock, adjusts the times of all alarms. Alarms are checked only after that. Otherwise, a
   * clock that was set forward would end their waiting times.
   */
  function clockChecked(): Promise<void> {
    const present = clock.now() - clock.monotonic();
    const ms = Math.round(present - offset);
    if (Math.abs(ms) <= CLOCK_SET_MS) return clockFits;
    offset = present;
    logger.warning(
      "The system clock was changed, so the app adjusts the times of all open alarms.",
      "clock set",
    );
    clockFits = clockFits.then(() => moveTimes(ms));
    return clockFits;
  }

  async function moveTimes(ms: number): Promise<void> {
    for (const id of journal.unsettledAlarms()) {
      try {
        await journal.change(id, (stored) => ({ ...shiftTimes(stored, ms), until: null }), clock.now());
      } catch (error) {
        logger.error(
          `The app could not adjust an alarm to the changed system clock, so its calls may come too early or too late. Make sure that the disk is not full. The error was: ${errorName(error)}.`,
          "alarm failed",
        );
      }
    }
  }

  /**
   * Reads the new messages for each alarm that has not ended. One transaction stores the change of the alarm together
   * with the message's position in the event log. So no message is read two times.
   */
  async function readReplies(): Promise<void> {
    const open = journal.openAlarms();
    for (const { alarm } of open) {
      const others = open.filter(({ alarm: other }) => other.id !== alarm.id);
      const otherCodes = others.flatMap(({ alarm: other }) => other.people.map(({ code }) => code));
      for (const text of journal.textsAfter(alarm.repliesUntil))
        await change(alarm.id, (stored, context) =>
          stored.alarm.repliesUntil < text.seq
            ? receiveText(draftOf(stored), text, otherCodes, context)
            : draftOf(stored),
        );
    }
  }

  return {
    contextOf,
    change,
    changed,
    wake,
    statusChanged(sid) {
      for (const id of journal.alarmsOfSid(sid)) wake(id);
    },
    readTexts() {
      inOrder = inOrder.then(readReplies).catch((error: unknown) => {
        logger.error(
          `Replies to an alarm could not be read. The app reads them again with the next message: ${errorName(error)}.`,
          "replies failed",
        );
      });
    },
    clockChecked,
    resume(copiedAt) {
      const resumed = journal.unsettledAlarms().map(async (id) => {
        try {
          await change(id, (stored, context) => resumeAlarm(stored, copiedAt, context));
        } catch {
          wake(id);
        }
      });
      inOrder = Promise.allSettled(resumed)
        .then(readReplies)
        .catch(() => undefined);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled([...running.values(), inOrder]);
    },
  };
}
