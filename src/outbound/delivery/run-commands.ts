import pLimit from "p-limit";

import type { CommandJournal } from "../ports.ts";
import type { Command, Delivery } from "./command.ts";
import type { DeliveryReports } from "./delivery-reports.ts";
import type { DeliveryOutcome } from "./message-or-call.ts";
import { resultData } from "./result.ts";
import { createDeliveryRunner } from "./send-one.ts";
import type { SendOneOptions } from "./send-one.ts";

/** For how long interrupted deliveries may delay all others after a start, in milliseconds. */
const RECOVER_WITHIN_MS = 10_000;

/** How many posts to Twilio run at the same time. */
const MAX_CONCURRENT = 20;
/** The number of additional posts for alarms, so that a long queue of other messages and calls does not delay them. */
const MAX_CONCURRENT_ALARMS = 4;

export interface RunCommandsOptions extends SendOneOptions {
  readonly journal: CommandJournal;
  readonly reports: DeliveryReports;
}

export interface CommandRunner {
  /** Sends a command that is in the journal. */
  start(command: Command): void;
  /** Starts the commands that an earlier process did not finish. */
  resume(): void;
  /** Resolves when all running commands have ended, or after `patience` ms. */
  settled(patience: number): Promise<void>;
  /** Starts no further posts, then waits as `settled` does. */
  stop(patience: number): Promise<void>;
}

/**
 * Sends the commands in the journal and stores the results of their deliveries. Different recipients are served in
 * parallel; one recipient gets its deliveries in order. Deliveries that a kill of the app interrupted are looked up
 * before anything is sent.
 */
export function createCommandRunner(options: RunCommandsOptions): CommandRunner {
  const { journal, reports, logger } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const limit = pLimit(MAX_CONCURRENT);
  const alarmLimit = pLimit(MAX_CONCURRENT_ALARMS);
  /** The latest delivery to each recipient; the next one waits for its end. */
  const lastByRecipient = new Map<string, Promise<unknown>>();
  const runDelivery = createDeliveryRunner(options);
  /** Deliveries that a kill of the app interrupted. No other delivery is sent before their look-up has ended. */
  const interrupted: Promise<unknown>[] = [];
  let recovered: Promise<unknown> = Promise.resolve();

  function start(command: Command): void {
    const { requestId, origin } = command;
    if (running.has(requestId)) return;
    const run = runCommand(command)
      .catch((error: unknown) =>
        logger.error(
          `${origin}: the request could not be finished because of an error in the app. Please report it: ${String(error)}`,
        ),
      )
      .finally(() => running.delete(requestId));
    running.set(requestId, run);
  }

  async function settled(patience: number): Promise<void> {
    const enough = new AbortController();
    await Promise.race([Promise.allSettled(running.values()), options.clock.wait(patience, enough.signal)]);
    enough.abort();
  }

  async function runCommand(command: Command): Promise<void> {
    const results = await Promise.all(
      command.deliveries.map((delivery) =>
        runDelivery(command, delivery, stopping.signal, {
          inRecipientOrder: (work) => inRecipientOrder(command, delivery, work),
          withinConcurrencyLimit: command.priority === "alarm" ? alarmLimit : limit,
        }),
      ),
    );
    if (results.includes(null)) return;
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
    const recipient = `${command} ${request?.to}${isAlarm ? " alarm" : ""}`;
    const last = lastByRecipient.get(recipient) ?? Promise.resolve();
    // An alarm waits for no look-up of another delivery.
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
    resume() {
      const allRecovered = Promise.withResolvers<unknown>();
      recovered = allRecovered.promise;
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
