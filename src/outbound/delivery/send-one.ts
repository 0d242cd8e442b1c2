import { talkError } from "../../calls/step-result.ts";
import type { Chance } from "../../domain/chance.ts";
import type { Clock } from "../../domain/clock.ts";
import { progressOf } from "../../domain/events/delivery-status.ts";
import { isReachedOnAcceptance } from "../../domain/events/delivery-status.ts";
import type { RetryEvent } from "../../domain/events/retry-event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { retryDelay } from "../../domain/retry-delay.ts";
import type { CommandJournal, MessageSender, DeliveryEvidence, StatusJournal } from "../ports.ts";
import { awaitsRecording } from "./await-recording.ts";
import type { DeliveryWait } from "./await-status.ts";
import type { Command, Delivery } from "./command.ts";
import type { DeliveryReports } from "./delivery-reports.ts";
import { formatErrorForLog } from "./logged-error.ts";
import type { LookUpBeforeSending } from "./look-up-before-sending.ts";
import type { SentLookUp } from "./look-up-sent.ts";
import {
  CANNOT_LOOK_UP,
  CRASHED_WHILE_SENDING,
  DEADLINE_PASSED,
  statusNotReached,
  SEVERAL_MATCHES,
  NO_ANSWER_BY_DEADLINE,
} from "./message-or-call.ts";
import { hasFirstStep, mayHaveBeenSent } from "./message-or-call.ts";
import type { AcceptedDelivery, ReadyDelivery, DeliveryOutcome, MessageOrCall } from "./message-or-call.ts";
import { deliveryEndOf, recipientResult } from "./result.ts";
import type { RecipientResult, DeliveryEnd } from "./result.ts";

export interface SendOneOptions {
  readonly journal: Pick<CommandJournal, "markPosting" | "markWaiting" | "markAccepted" | "markDone">;
  readonly evidence: Pick<DeliveryEvidence, "sidOf" | "saveSid">;
  readonly statuses: Pick<StatusJournal, "of">;
  readonly sender: MessageSender;
  readonly waits: DeliveryWait;
  readonly sentLookUp: Pick<SentLookUp, "lookUp">;
  readonly lookUpBeforeSending: LookUpBeforeSending;
  readonly reports: Pick<DeliveryReports, "noteRetry">;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

/** When a send may work. */
export interface SendingOrder {
  /** After what is for the same recipient, and what an earlier process left half done. */
  readonly inRecipientOrder: (work: () => Promise<DeliveryOutcome | null>) => Promise<DeliveryOutcome | null>;
  /** While few enough others ask Twilio. */
  readonly withinConcurrencyLimit: (
    work: () => Promise<DeliveryOutcome | null>,
  ) => Promise<DeliveryOutcome | null>;
}

/** What an earlier process left half done is looked up first, though its time may be over: so long, in milliseconds. */
const LOOK_UP_AFTER_CRASH_MS = 10_000;

/**
 * One recipient of a command, from the journal to what is known in the end. Twilio is asked at most once unless the
 * request provably did not reach it, and never after the deadline. Resolves at the deadline at the latest, after a crash
 * once it is looked up, and with null where the app stops first: then the journal keeps it.
 */
export function createDeliveryRunner(options: SendOneOptions) {
  const { journal, evidence, logger, clock } = options;

  return async function runSend(
    command: Command,
    { request, position, reference, ...kept }: Delivery,
    stopping: AbortSignal,
    { inRecipientOrder, withinConcurrencyLimit }: SendingOrder,
  ): Promise<RecipientResult | null> {
    if (kept.result !== null) return kept.result;
    if (request === null) throw new Error("a send without a request has no result");
    const hasCrashed = kept.state === "posting" && kept.accepted === null;
    const atDeadline = hasCrashed ? CRASHED_WHILE_SENDING : NO_ANSWER_BY_DEADLINE;
    const tellBy = hasCrashed
      ? Math.max(command.deadline, clock.now() + LOOK_UP_AFTER_CRASH_MS)
      : command.deadline;
    let isAsked = hasCrashed;
    let accepted = kept.accepted;
    let postedAt = kept.postedAt ?? command.receivedAt;
    const told = new AbortController();

    const ended = ask(request).then((known) => (known === null ? null : follow(request, known)));
    const end = await Promise.race([ended, deadline(request)]).finally(() => told.abort());
    if (end === null) return null;
    const recording = awaitsRecording(request, command.waitFor) ? { recording: null } : {};
    const result = recipientResult(request.to, { ...recording, ...end });
    await journal.markDone(command.requestId, position, result);
    describe(result);
    if (end.outcome === atDeadline) void ended.then(noteLateAnswer).catch(() => undefined);
    return result;

    function ask(asked: MessageOrCall): Promise<DeliveryOutcome | null> {
      if (accepted !== null) return Promise.resolve(accepted);
      return inRecipientOrder(() =>
        hasCrashed ? lookUp(asked, CRASHED_WHILE_SENDING) : sendUntilDeadline(asked),
      );
    }

    /** Nobody else waits for this: what is for the same recipient goes on. */
    async function follow(asked: MessageOrCall, known: DeliveryOutcome): Promise<DeliveryEnd | null> {
      const isEnough = isReachedOnAcceptance(command.waitFor) || told.signal.aborted;
      if (known.kind !== "accepted" || isEnough) return deliveryEndOf(known);
      accepted = known;
      if (kept.accepted === null) await journal.markAccepted(command.requestId, position, known);
      const over = AbortSignal.any([stopping, told.signal]);
      const reached = await options.waits.waitForStatus(known.sid, asked, command.waitFor, over, reference);
      if (reached !== null) {
        const { status: latestStatus, ...rest } = reached;
        return { outcome: known, latestStatus, ...rest };
      }
      return stopping.aborted ? null : deliveryEndOf(known);
    }

    async function sendUntilDeadline(asked: MessageOrCall): Promise<DeliveryOutcome | null> {
      for (let attempt = 1; mayAsk(); attempt += 1) {
        const outcome = await attemptSend(asked);
        if (outcome?.kind === "unknown" && isAsked) return await lookUp(asked, outcome);
        if (outcome?.kind !== "not_sent") return outcome;
        const delay = outcome.retryAfterMs ?? retryDelay(attempt, options.chance.number());
        if (clock.now() + delay >= command.deadline) return outcome;
        const seconds = Math.ceil(delay / 1000);
        logger.info(`${command.origin}: ${formatErrorForLog(outcome.error)}; trying again in ${seconds} s.`);
        tell(asked, "again", outcome.error.message);
        await clock.wait(delay, AbortSignal.any([stopping, told.signal]));
      }
      return notAsked();
    }

    async function attemptSend(asked: MessageOrCall): Promise<DeliveryOutcome | null> {
      if (!mayAsk()) return notAsked();
      const earlier = await options.lookUpBeforeSending(asked, reference, command);
      if (earlier === "away") return CANNOT_LOOK_UP;
      if (earlier === "unclear") return SEVERAL_MATCHES;
      if (earlier !== "none") return earlier;
      const prepared = await options.sender.prepare(asked, command.requestId);
      return prepared.kind === "ready" ? await withinConcurrencyLimit(() => post(prepared)) : prepared;
    }

    async function post(prepared: ReadyDelivery): Promise<DeliveryOutcome | null> {
      if (!mayAsk()) return notAsked();
      postedAt = clock.now();
      await journal.markPosting(command.requestId, position, postedAt, prepared.from);
      // Keeping it took its time, too.
      if (!mayAsk()) {
        await journal.markWaiting(command.requestId, position);
        return notAsked();
      }
      isAsked = true;
      const outcome = await prepared.post(reference);
      isAsked = mayHaveBeenSent(outcome);
      if (outcome.kind === "not_sent") await journal.markWaiting(command.requestId, position);
      return outcome;
    }

    /** Once somebody was told that it was not sent, no clock that is set back makes it go. */
    function mayAsk(): boolean {
      return !stopping.aborted && !told.signal.aborted && clock.now() < command.deadline;
    }

    function notAsked(): DeliveryOutcome | null {
      return stopping.aborted ? null : DEADLINE_PASSED;
    }

    async function lookUp(asked: MessageOrCall, doubt: DeliveryOutcome): Promise<DeliveryOutcome | null> {
      logger.info(`${command.origin}: looking up at Twilio whether it was sent.`);
      tell(asked, "looked_up", doubt.kind === "accepted" ? null : doubt.error.message);
      const found = await options.sentLookUp.lookUp(asked, reference, postedAt, command.deadline, stopping);
      if (found !== null) return found;
      return stopping.aborted ? null : doubt;
    }

    function tell({ to }: MessageOrCall, how: RetryEvent["how"], why: string | null): void {
      options.reports.noteRetry({ at: clock.now(), origin: command.origin, to, how, why });
    }

    /** The result stands, but what is Twilio's now is no candidate for another send. */
    async function noteLateAnswer(late: DeliveryEnd | null): Promise<void> {
      if (late?.outcome.kind === "accepted") await evidence.saveSid(reference, late.outcome.sid);
    }

    /** Nobody is told later than this, nor told "failed" about what is sent afterwards. */
    async function deadline(asked: MessageOrCall): Promise<DeliveryEnd | null> {
      await clock.wait(Math.max(0, tellBy - clock.now()), AbortSignal.any([told.signal, stopping]));
      if (told.signal.aborted || stopping.aborted) return await ended;
      if (accepted === null && !isAsked) return deliveryEndOf(DEADLINE_PASSED);
      const known = accepted ?? provenBy(evidence.sidOf(reference));
      if (known === null) return deliveryEndOf(atDeadline);
      if (isReachedOnAcceptance(command.waitFor)) return deliveryEndOf(known);
      const latestStatus = options.statuses.of(known.sid);
      // Whoever answered: it is too late to listen for a machine.
      const heard =
        latestStatus === null || latestStatus.answeredBy !== null
          ? latestStatus
          : { ...latestStatus, answeredBy: "unknown" };
      const progress = heard === null ? null : progressOf(heard, command.waitFor, asked);
      if (hasFirstStep(asked) && progress?.kind === "reached")
        return { outcome: known, latestStatus, error: talkError("not_entered") };
      if (progress?.kind === "reached") return { outcome: known, latestStatus, error: null };
      const error = progress?.kind === "failed" ? progress.error : statusNotReached(command.waitFor);
      return { outcome: known, latestStatus, error };
    }
  };

  function describe({ sid, error }: RecipientResult): void {
    if (error === null) logger.info(`Twilio accepted ${sid}.`);
    else logger.warning(`A message or call failed: ${formatErrorForLog(error)}`);
  }
}

function provenBy(sid: string | null): AcceptedDelivery | null {
  return sid === null ? null : { kind: "accepted", sid, status: "accepted", segments: null };
}
