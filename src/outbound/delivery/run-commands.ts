import pLimit from "p-limit";

import type { CommandJournal } from "../ports.ts";
import type { Command, Delivery } from "./command.ts";
import type { DeliveryReports } from "./delivery-reports.ts";
import type { DeliveryOutcome } from "./message-or-call.ts";
import { resultData } from "./result.ts";
import { createDeliveryRunner } from "./send-one.ts";
import type { SendOneOptions } from "./send-one.ts";

/** What is left half done may hold up everything else for so long, in milliseconds. */
const CLEAR_WITHIN_MS = 10_000;

/** Requests to Twilio at the same time; its client opens no more connections. */
const SIDE_BY_SIDE = 20;

export interface RunCommandsOptions extends SendOneOptions {
  readonly journal: CommandJournal;
  readonly reports: DeliveryReports;
}

export interface CommandRunner {
  /** Sends a command that is in the journal. */
  start(command: Command): void;
  /** Goes on with what an earlier process left. */
  resume(): void;
  /** Resolves when what is being sent has its answer, or `patience` ms are over. */
  settled(patience: number): Promise<void>;
  /** Starts nothing new, and then as `settled`. */
  stop(patience: number): Promise<void>;
}

/**
 * Second half of the outbound story: commands out of the journal are sent, independent recipients side by side, what
 * is for one recipient in its order, and the outcome goes into the event log. What a killed app left half done is
 * cleared up before anything else is sent.
 */
export function createCommandRunner(options: RunCommandsOptions): CommandRunner {
  const { journal, reports, logger } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const slots = pLimit(SIDE_BY_SIDE);
  /** The last of what is for a recipient; the next one waits for its end. */
  const lanes = new Map<string, Promise<unknown>>();
  const runSend = createDeliveryRunner(options);
  /** What a killed app left in the middle; nothing else is sent before it is cleared up. */
  const leftHalfDone: Promise<unknown>[] = [];
  let cleared: Promise<unknown> = Promise.resolve();

  function start(command: Command): void {
    const { requestId, origin } = command;
    if (running.has(requestId)) return;
    const run = runCommand(command)
      .catch((error: unknown) => logger.error(`${origin} could not be finished: ${String(error)}`))
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
      command.deliveries.map((send) =>
        runSend(command, send, stopping.signal, {
          inRecipientOrder: (work) => inLane(command, send, work),
          withinConcurrencyLimit: slots,
        }),
      ),
    );
    if (results.includes(null)) return;
    const known = results.filter((result) => result !== null);
    const data = resultData(command.requestId, command.command, known);
    await journal.finish(command.requestId, { type: "twilio_result", kind: null, data }, options.clock.now());
    reports.finished(command, known);
  }

  async function inLane(
    { command }: Command,
    { request, state }: Delivery,
    work: () => Promise<DeliveryOutcome | null>,
  ): Promise<DeliveryOutcome | null> {
    const lane = `${command} ${request?.to}`;
    const last = lanes.get(lane) ?? Promise.resolve();
    const turn = state === "posting" ? work() : Promise.allSettled([last, cleared]).then(work);
    if (state === "posting") leftHalfDone.push(turn);
    lanes.set(lane, turn);
    try {
      return await turn;
    } finally {
      if (lanes.get(lane) === turn) lanes.delete(lane);
    }
  }

  return {
    start,
    resume() {
      const allCleared = Promise.withResolvers<unknown>();
      cleared = allCleared.promise;
      for (const command of journal.openCommands()) start(command);
      const known = Promise.allSettled(leftHalfDone);
      allCleared.resolve(Promise.race([known, options.clock.wait(CLEAR_WITHIN_MS, stopping.signal)]));
    },
    settled,
    async stop(patience) {
      stopping.abort();
      await settled(patience);
    },
  };
}
