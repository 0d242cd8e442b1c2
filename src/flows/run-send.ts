import type { Command, Send } from "../domain/command.ts";
import type { Logger } from "../domain/logger.ts";
import { retryDelay } from "../domain/retry-delay.ts";
import type { SendOutcome, SendRequest } from "../domain/send-request.ts";
import { recipientResult } from "../domain/send-result.ts";
import type { RecipientResult } from "../domain/send-result.ts";

type Accepted = Extract<SendOutcome, { readonly kind: "accepted" }>;

/** `away`: Twilio could not be asked. */
export type EarlierSend = Accepted | "none" | "away";

export interface RunSendOptions {
  readonly markPosting: (requestId: string, position: number, at: number) => Promise<void>;
  readonly markWaiting: (requestId: string, position: number) => Promise<void>;
  readonly markDone: (requestId: string, position: number, result: RecipientResult) => Promise<void>;
  readonly send: (request: SendRequest, reference: string) => Promise<SendOutcome>;
  /** Keeps the SID that a send has after all. */
  readonly noteProof: (reference: string, sid: string) => Promise<void>;
  /** After a doubt: proof that Twilio has it, or null. */
  readonly findSent: (
    request: SendRequest,
    reference: string,
    postedAt: number,
    signal: AbortSignal,
  ) => Promise<Accepted | null>;
  /** Where the journal may have forgotten what was sent: looks before sending. */
  readonly findEarlier: (request: SendRequest, reference: string, command: Command) => Promise<EarlierSend>;
  /** Resolves after `ms`, or early when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
  readonly logger: Logger;
}

type Work = () => Promise<SendOutcome | null>;

/**
 * One recipient of a command, from the journal to what is known in the end. Twilio is asked at most once unless the
 * request provably did not reach it, and never after the deadline; `inTurn` runs the asking when its turn has come.
 * Resolves at the command's deadline at the latest, with null where the app stops first: then the journal keeps it.
 */
export function createSendRunner(options: RunSendOptions) {
  const { logger, now } = options;

  return async function runSend(
    command: Command,
    { request, position, reference, ...kept }: Send,
    stopping: AbortSignal,
    inTurn: (work: Work) => Promise<SendOutcome | null>,
  ): Promise<RecipientResult | null> {
    if (kept.result !== null) return kept.result;
    if (request === null) throw new Error("a send without a request has no result");
    let isAsked = kept.state === "posting";
    const over = new AbortController();

    const ended = inTurn(() => {
      if (!isAsked) return sendUntilDeadline(request);
      return afterDoubt(request, kept.postedAt ?? command.receivedAt, CRASHED_WHILE_POSTING);
    });
    const known = await Promise.race([ended, deadline()]).finally(() => over.abort());
    if (known === null) return null;
    const result = recipientResult(request.to, known);
    await options.markDone(command.requestId, position, result);
    describe(result);
    if (known === STILL_OPEN) void ended.then(noteLateAnswer).catch(() => undefined);
    return result;

    async function sendUntilDeadline(asked: SendRequest): Promise<SendOutcome | null> {
      for (let attempt = 1; !stopping.aborted; attempt += 1) {
        if (now() >= command.deadline) return EXPIRED;
        const outcome = await attemptSend(asked);
        if (outcome?.kind !== "not_sent") return outcome;
        const delay = outcome.retryAfterMs ?? retryDelay(attempt, options.random());
        if (now() + delay >= command.deadline) return outcome;
        const seconds = Math.ceil(delay / 1000);
        logger.info(`${command.origin}: ${outcome.error.message}; trying again in ${seconds} s.`);
        await options.wait(delay, stopping);
      }
      return null;
    }

    async function attemptSend(asked: SendRequest): Promise<SendOutcome | null> {
      const earlier = await options.findEarlier(asked, reference, command);
      if (earlier === "away") return CANNOT_LOOK_UP;
      if (earlier !== "none") return earlier;
      const postedAt = now();
      await options.markPosting(command.requestId, position, postedAt);
      // Keeping it took its time, too.
      if (now() >= command.deadline) {
        await options.markWaiting(command.requestId, position);
        return EXPIRED;
      }
      isAsked = true;
      const outcome = await options.send(asked, reference);
      if (outcome.kind === "unknown") return await afterDoubt(asked, postedAt, outcome);
      isAsked = false;
      if (outcome.kind === "not_sent") await options.markWaiting(command.requestId, position);
      return outcome;
    }

    async function afterDoubt(
      asked: SendRequest,
      postedAt: number,
      doubt: SendOutcome,
    ): Promise<SendOutcome | null> {
      logger.info(`${command.origin}: looking up at Twilio whether it was sent.`);
      const found = await options.findSent(asked, reference, postedAt, stopping);
      if (found !== null) return found;
      return stopping.aborted ? null : doubt;
    }

    /** The result stands, but what is Twilio's now is no candidate for another send. */
    async function noteLateAnswer(late: SendOutcome | null): Promise<void> {
      if (late?.kind === "accepted") await options.noteProof(reference, late.sid);
    }

    /** Nobody is told later than this, nor told "failed" about what is sent afterwards. */
    async function deadline(): Promise<SendOutcome | null> {
      await options.wait(Math.max(0, command.deadline - now()), AbortSignal.any([over.signal, stopping]));
      if (now() < command.deadline) return await ended;
      return isAsked ? STILL_OPEN : EXPIRED;
    }
  };

  function describe({ sid, error }: RecipientResult): void {
    if (error === null) logger.info(`Twilio accepted ${sid}.`);
    else logger.warning(`Twilio error ${error.code}: ${error.message}`);
  }
}

function unknownOutcome(why: string): SendOutcome {
  const message = `${why}, so it is not known whether it was sent; it is not sent again.`;
  return { kind: "unknown", error: { code: "unknown_outcome", message, more_info: null } };
}

const CRASHED_WHILE_POSTING = unknownOutcome("The app ended while Twilio was being asked");
const STILL_OPEN = unknownOutcome("Twilio had not answered when the time was up");

const EXPIRED: SendOutcome = {
  kind: "refused",
  error: {
    code: "timeout",
    message: "Its time was up before it could be sent, so it was not sent.",
    more_info: null,
  },
};

const CANNOT_LOOK_UP: SendOutcome = {
  kind: "not_sent",
  error: {
    code: "twilio_away",
    message: "The journal was lost, and Twilio cannot be asked whether this was sent before",
    more_info: null,
  },
  retryAfterMs: null,
};
