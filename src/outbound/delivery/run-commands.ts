import pLimit from "p-limit";

import type { CommandJournal } from "../ports.ts";
import type { Command, Delivery } from "./command.ts";
import type { DeliveryReports } from "./delivery-reports.ts";
import { mayHaveFiles } from "./message-or-call.ts";
import type { DeliveryOutcome, MessageOrCall } from "./message-or-call.ts";
import { resultData } from "./result.ts";
import { createDeliveryRunner } from "./send-one.ts";
import type { SendOneOptions } from "./send-one.ts";

/**
 * After a start, the app first looks up at Twilio the deliveries that a crash interrupted. The look-ups delay all other
 * deliveries, except those of alarms, for at most this time, in milliseconds.
 */
const RECOVER_WITHIN_MS = 10_000;

/** The highest number of requests for messages and calls that the app sends to Twilio at the same time. */
const MAX_CONCURRENT = 20;
/**
 * The highest number of requests that the app sends to Twilio for alarms at the same time. `MAX_CONCURRENT` does not
 * include them, so that a long queue of messages and calls does not delay alarms.
 */
const MAX_CONCURRENT_ALARMS = 4;

export interface RunCommandsOptions extends SendOneOptions {
  readonly journal: CommandJournal;
  readonly reports: DeliveryReports;
}

export interface CommandRunner {
  /**
   * Begins to send the deliveries of a command (an accepted request) that the journal (the app's database) already has.
   */
  start(command: Command): void;
  /**
   * Prepares the deliveries of a command while the journal stores the command, and sends them afterwards. `stored`
   * resolves with the stored command, or with null if the command was not stored. This promise never rejects.
   */
  startWhileStored(command: Command, stored: Promise<Command | null>): void;
  /** Continues the commands (accepted requests) that were not finished when the app stopped. */
  resume(): void;
  /** Resolves when all running commands have ended, or after `patience` milliseconds. */
  settled(patience: number): Promise<void>;
  /** Sends nothing more to Twilio, then waits as `settled` does. */
  stop(patience: number): Promise<void>;
}

/**
 * Sends the commands in the journal and stores the results of their deliveries (one for each recipient). Deliveries to
 * different recipients run at the same time. The messages to one recipient are sent one after another, and so are the
 * calls. If a kill of the app interrupted deliveries, the app looks these up at Twilio before it sends others.
 */
export function createCommandRunner(options: RunCommandsOptions): CommandRunner {
  const { journal, reports, logger } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const limit = pLimit(MAX_CONCURRENT);
  const alarmLimit = pLimit(MAX_CONCURRENT_ALARMS);
  /**
   * The newest message and the newest call to each recipient; those of alarms have their own entries. The next one
   * waits until Twilio has answered it.
   */
  const lastByRecipient = new Map<string, Promise<unknown>>();
  const runDelivery = createDeliveryRunner(options);
  /**
   * The look-ups at Twilio of deliveries that a kill of the app interrupted. Other deliveries, except those of alarms,
   * wait for the look-ups to end, but at most `RECOVER_WITHIN_MS`.
   */
  const interrupted: Promise<unknown>[] = [];
  let recovered: Promise<unknown> = Promise.resolve();
  let isRecovering = false;
  /**
   * The number of commands that must be stored before they start, and are not stored yet. Later commands must not
   * overtake them.
   */
  let unstored = 0;

  function start(command: Command): void {
    if (!running.has(command.requestId)) track(command, run(command, Promise.resolve(command)));
  }

  function startWhileStored(command: Command, stored: Promise<Command | null>): void {
    if (!isReady(command)) return void startWhenStored(stored);
    const started = run(command, stored);
    void stored.then((current) => {
      if (current !== null) track(current, started);
    });
  }

  async function startWhenStored(stored: Promise<Command | null>): Promise<void> {
    unstored += 1;
    const current = await stored;
    unstored -= 1;
    if (current !== null) start(current);
  }

  /**
   * Whether the app may prepare the command before it is stored. If files must be published for the command, the app
   * stores the command first: the request may be a repeated one, which needs no files.
   */
  function isReady({ requestId, command, deliveries }: Command): boolean {
    if (isRecovering || unstored > 0 || running.has(requestId)) return false;
    return deliveries.every(
      ({ request }) =>
        request === null || (!mayHaveFiles(request) && !lastByRecipient.has(recipientOf(command, request))),
    );
  }

  async function run(command: Command, stored: Promise<Command | null>): Promise<void> {
    try {
      await runCommand(command, stored);
    } catch (error) {
      logger.error(
        `${command.origin}: the request could not be finished because of an error in the app. Please report this error: ${String(error)}`,
      );
    }
  }

  function track({ requestId }: Command, started: Promise<void>): void {
    running.set(requestId, started);
    void started.then(() => running.delete(requestId));
  }

  async function settled(patience: number): Promise<void> {
    const enough = new AbortController();
    await Promise.race([Promise.allSettled(running.values()), options.clock.wait(patience, enough.signal)]);
    enough.abort();
  }

  async function runCommand(command: Command, stored: Promise<Command | null>): Promise<void> {
    const results = await Promise.all(
      command.deliveries.map((delivery) =>
        runDelivery(command, delivery, stored.then(deliveryAt(delivery.position)), stopping.signal, {
          inRecipientOrder: (work) => inRecipientOrder(command, delivery, work),
          withinConcurrencyLimit: command.priority === "alarm" ? alarmLimit : limit,
        }),
      ),
    );
    if ((await stored) === null || results.includes(null)) return;
    const known = results.filter((result) => result !== null);
    const data = resultData(command.requestId, command.command, known);
    await journal.finish(command.requestId, { type: "twilio_result", kind: null, data }, options.clock.now());
    reports.finished(command, known);
  }

  async function inRecipientOrder(
    { command, priority }: Command,
    { request, state }: Delivery,
    work: () => Promise<DeliveryOutcome | null>,
  ): Promise<DeliveryOutcome | null> {
    const isAlarm = priority === "alarm";
    const recipient = `${recipientOf(command, request)}${isAlarm ? " alarm" : ""}`;
    const last = lastByRecipient.get(recipient) ?? Promise.resolve();
    // A delivery of an alarm does not wait for look-ups of other deliveries.
    const earlier = isAlarm ? [last] : [last, recovered];
    const turn = state === "posting" ? work() : Promise.allSettled(earlier).then(work);
    if (state === "posting") interrupted.push(turn);
    lastByRecipient.set(recipient, turn);
    try {
      return await turn;
    } finally {
      if (lastByRecipient.get(recipient) === turn) lastByRecipient.delete(recipient);
    }
  }

  return {
    start,
    startWhileStored,
    resume() {
      const allRecovered = Promise.withResolvers<unknown>();
      recovered = allRecovered.promise;
      isRecovering = true;
      void recovered.then(() => (isRecovering = false));
      for (const command of journal.openCommands()) start(command);
      const known = Promise.allSettled(interrupted);
      allRecovered.resolve(Promise.race([known, options.clock.wait(RECOVER_WITHIN_MS, stopping.signal)]));
    },
    settled,
    async stop(patience) {
      stopping.abort();
      await settled(patience);
    },
  };
}

function recipientOf(command: Command["command"], request: MessageOrCall | null): string {
  return `${command} ${request?.to}`;
}

/** Finds the stored delivery at this position of a command; null if the command is not stored. */
function deliveryAt(position: number): (command: Command | null) => Delivery | null {
  return (command) => command?.deliveries.find((delivery) => delivery.position === position) ?? null;
}
