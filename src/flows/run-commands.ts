import type { Command, Send } from "../domain/command.ts";
import type { OutgoingEvent } from "../domain/inbound-event.ts";
import type { Logger } from "../domain/logger.ts";
import { retryDelay } from "../domain/retry-delay.ts";
import type { SendOutcome, SendRequest } from "../domain/send-request.ts";
import { recipientResult, resultData } from "../domain/send-result.ts";
import type { RecipientResult } from "../domain/send-result.ts";

/** Recipients of one command that are asked for at the same time. */
const SIDE_BY_SIDE = 10;

export interface RunCommandsOptions {
  readonly add: (command: Command) => void;
  readonly open: () => Command[];
  readonly markPosting: (requestId: string, position: number) => void;
  readonly markWaiting: (requestId: string, position: number) => void;
  readonly markDone: (requestId: string, position: number, result: RecipientResult) => void;
  readonly finish: (requestId: string, outcome: OutgoingEvent, at: number) => void;
  readonly send: (request: SendRequest) => Promise<SendOutcome>;
  /** Told of a finished command, so that its event leaves and people hear of failures. */
  readonly onFinished: (command: Command, results: readonly RecipientResult[]) => void;
  /** Resolves after `ms`, or early when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Logger;
}

/**
 * Second half of the outbound story: a command is on disk before Twilio is asked, each recipient is asked for at
 * most once unless the request provably never reached Twilio, and the outcome goes into the event log.
 */
export function createCommandRunner(options: RunCommandsOptions) {
  const { logger } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  function start(command: Command): void {
    const run = runCommand(command)
      .catch((error: unknown) => logger.error(`${command.origin} could not be finished: ${String(error)}`))
      .finally(() => running.delete(run));
    running.add(run);
  }

  async function runCommand(command: Command): Promise<void> {
    const results: RecipientResult[] = [];
    const waiting = command.sends.values();
    const work = async (): Promise<void> => {
      for (const send of waiting) {
        const result = await runSend(command, send);
        if (result === null) return;
        results[send.position] = result;
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    if (stopping.signal.aborted && results.filter(Boolean).length < command.sends.length) return;
    const data = resultData(command.requestId, command.command, results);
    options.finish(command.requestId, { type: "twilio_result", kind: null, data }, options.now());
    options.onFinished(command, results);
  }

  /** Null when the app stops first: the journal keeps it for the next start. */
  async function runSend(command: Command, send: Send): Promise<RecipientResult | null> {
    if (send.result !== null) return send.result;
    const { request, position } = send;
    if (request === null) throw new Error("a send without a request has no result");
    const outcome =
      send.state === "posting" ? CRASHED_WHILE_POSTING : await sendUntil(command, position, request);
    if (outcome === null) return null;
    const result = recipientResult(request.to, outcome);
    options.markDone(command.requestId, position, result);
    describe(command, result);
    return result;
  }

  async function sendUntil(
    command: Command,
    position: number,
    request: SendRequest,
  ): Promise<SendOutcome | null> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      if (options.now() >= command.deadline) return EXPIRED;
      options.markPosting(command.requestId, position);
      const outcome = await options.send(request);
      if (outcome.kind !== "not_sent") return outcome;
      options.markWaiting(command.requestId, position);
      const delay = outcome.retryAfterMs ?? retryDelay(attempt, options.random());
      if (options.now() + delay >= command.deadline) return outcome;
      logger.info(
        `${command.origin}: ${outcome.error.message}; trying again in ${Math.ceil(delay / 1000)} s.`,
      );
      await options.wait(delay, stopping.signal);
    }
    return null;
  }

  function describe(command: Command, { sid, error }: RecipientResult): void {
    if (error === null) logger.info(`${command.origin}: Twilio accepted ${sid}.`);
    else logger.warning(`${command.origin}: Twilio error ${error.code}: ${error.message}`);
  }

  return {
    /** On disk when this returns; sent afterwards. */
    submit(command: Command): void {
      options.add(command);
      start(command);
    },
    /** Goes on with what an earlier process left. */
    resume(): void {
      for (const command of options.open()) start(command);
    },
    /** Starts nothing new; resolves when what is being sent has its answer, or `patience` ms are over. */
    async stop(patience: number): Promise<void> {
      stopping.abort();
      const enough = new AbortController();
      await Promise.race([Promise.allSettled(running), options.wait(patience, enough.signal)]);
      enough.abort();
    },
  };
}

const CRASHED_WHILE_POSTING: SendOutcome = {
  kind: "unknown",
  error: {
    code: "unknown_outcome",
    message:
      "The app ended while Twilio was being asked, so it is not known whether it was sent; it is not sent again.",
    more_info: null,
  },
};

const EXPIRED: SendOutcome = {
  kind: "refused",
  error: {
    code: "timeout",
    message: "Its time was up before it could be sent, so it was not sent.",
    more_info: null,
  },
};
