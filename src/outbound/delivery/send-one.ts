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
import { outcomeOfLookUp, type LookUpBeforeSending } from "./look-up-before-sending.ts";
import type { SentLookUp } from "./look-up-sent.ts";
import {
  CRASHED_WHILE_SENDING,
  DEADLINE_PASSED,
  statusNotReached,
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
  /**
   * Called just before each request to Twilio. Returns why a command must not be sent any more; null if it may be sent.
   */
  readonly calledOff: (command: Command) => DeliveryOutcome | null;
  readonly reports: Pick<DeliveryReports, "noteRetry">;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
}

/** Decides when the work for a delivery (one message or call to one recipient) may begin. */
export interface SendingOrder {
  /**
   * Runs `work` after the earlier messages (for a call: the earlier calls) to the same recipient, and after the look-up
   * of interrupted deliveries. A delivery of an alarm waits only for those of alarms.
   */
  readonly inRecipientOrder: (work: () => Promise<DeliveryOutcome | null>) => Promise<DeliveryOutcome | null>;
  /** Runs `work` when the number of open requests to Twilio is below its limit. */
  readonly withinConcurrencyLimit: (
    work: () => Promise<DeliveryOutcome | null>,
  ) => Promise<DeliveryOutcome | null>;
}

/**
 * After a crash during a request to Twilio, the app looks up the delivery for at least this time, in milliseconds, even
 * after the deadline.
 */
const LOOK_UP_AFTER_CRASH_MS = 10_000;

/**
 * Creates the function that sends one delivery of a command (an accepted request) and resolves with the result. The app
 * sends the delivery to Twilio at most one time, unless Twilio certainly did not process the request, and never after
 * the deadline.
 *
 * The function resolves at the deadline at the latest. After a crash, it gives the look-up at least
 * `LOOK_UP_AFTER_CRASH_MS`. If the app stops first, the function resolves with null, and the delivery stays in the
 * journal.
 *
 * `stored` resolves with the delivery as the journal has it, or with null if the journal could not store it. In the
 * second case, nothing is sent.
 */
export function createDeliveryRunner(options: SendOneOptions) {
  const { journal, evidence, logger, clock } = options;

  return async function runDelivery(
    command: Command,
    { request, position, reference, ...earlier }: Delivery,
    stored: Promise<Delivery | null>,
    stopping: AbortSignal,
    { inRecipientOrder, withinConcurrencyLimit }: SendingOrder,
  ): Promise<RecipientResult | null> {
    if (earlier.result !== null) return earlier.result;
    if (request === null) throw new Error("a delivery has neither request nor result");
    const hasCrashed = earlier.state === "posting" && earlier.accepted === null;
    const atDeadline = hasCrashed ? CRASHED_WHILE_SENDING : NO_ANSWER_BY_DEADLINE;
    const answerBy = hasCrashed
      ? Math.max(command.deadline, clock.now() + LOOK_UP_AFTER_CRASH_MS)
      : command.deadline;
    let isAsked = hasCrashed;
    let accepted = earlier.accepted;
    let postedAt = earlier.postedAt ?? command.receivedAt;
    const answered = new AbortController();

    const ended = ask(request).then((known) => (known === null ? null : follow(request, known)));
    const end = await Promise.race([ended, deadline(request)]).finally(() => answered.abort());
    const current = await stored;
    if (current === null || end === null || current.result !== null) return current?.result ?? null;
    const recording = awaitsRecording(request, command.waitFor) ? { recording: null } : {};
    const result = recipientResult(request.to, { ...recording, ...end });
    await journal.markDone(command.requestId, position, result);
    describe(result);
    if (end.outcome === atDeadline) void ended.then(saveSidAfterDeadline).catch(() => undefined);
    return result;

    function ask(asked: MessageOrCall): Promise<DeliveryOutcome | null> {
      if (accepted !== null) return Promise.resolve(accepted);
      return inRecipientOrder(() =>
        hasCrashed ? lookUp(asked, CRASHED_WHILE_SENDING) : sendUntilDeadline(asked),
      );
    }

    /**
     * Waits until Twilio reports the status that the automation waits for. The next delivery to the same recipient need
     * not wait.
     */
    async function follow(asked: MessageOrCall, known: DeliveryOutcome): Promise<DeliveryEnd | null> {
      const isEnough = isReachedOnAcceptance(command.waitFor) || answered.signal.aborted;
      if (known.kind !== "accepted" || isEnough) return deliveryEndOf(known);
      accepted = known;
      if (earlier.accepted === null) await journal.markAccepted(command.requestId, position, known);
      const over = AbortSignal.any([stopping, answered.signal]);
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
        logger.info(
          `${command.origin}: ${formatErrorForLog(outcome.error)}. The app tries again in ${seconds} s.`,
        );
        noteRetry(asked, "again", outcome.error.message);
        await clock.wait(delay, AbortSignal.any([stopping, answered.signal]));
      }
      return notAsked();
    }

    async function attemptSend(asked: MessageOrCall): Promise<DeliveryOutcome | null> {
      if (!mayAsk()) return notAsked();
      const sentBefore = await options.lookUpBeforeSending(asked, reference, command);
      const known = outcomeOfLookUp(sentBefore);
      if (known !== null) return known;
      const prepared = await options.sender.prepare(asked, command.requestId);
      return prepared.kind === "ready" ? await withinConcurrencyLimit(() => post(prepared)) : prepared;
    }

    async function post(prepared: ReadyDelivery): Promise<DeliveryOutcome | null> {
      if (!mayAsk()) return notAsked();
      const calledOff = options.calledOff(command);
      if (calledOff !== null) return calledOff;
      postedAt = clock.now();
      const mark = () =>
        journal.markPosting(command.requestId, { position, reference }, postedAt, prepared.from);
      // `mark` is called before the command is stored, so that storing and marking are one transaction.
      const [isMarked, delivery] = await Promise.all([mark(), stored]);
      if (delivery === null || delivery.result !== null) return null;
      if (!isMarked) await mark();
      // The deadline may have passed while the journal committed the mark.
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

    /**
     * Whether the delivery may still be sent. After the automation got the result "not sent", the answer is no, even if
     * somebody sets the system clock back.
     */
    function mayAsk(): boolean {
      return !stopping.aborted && !answered.signal.aborted && clock.now() < command.deadline;
    }

    function notAsked(): DeliveryOutcome | null {
      return stopping.aborted ? null : DEADLINE_PASSED;
    }

    async function lookUp(asked: MessageOrCall, doubt: DeliveryOutcome): Promise<DeliveryOutcome | null> {
      logger.info(
        `${command.origin}: Twilio gave no clear answer, so the app now checks whether Twilio has the message or call.`,
      );
      noteRetry(asked, "looked_up", doubt.kind === "accepted" ? null : doubt.error.message);
      const isUrgent = command.priority === "alarm";
      const found = await options.sentLookUp.lookUp(
        asked,
        reference,
        postedAt,
        command.deadline,
        stopping,
        isUrgent,
      );
      if (found !== null) return found;
      return stopping.aborted ? null : doubt;
    }

    function noteRetry({ to }: MessageOrCall, how: RetryEvent["how"], why: string | null): void {
      options.reports.noteRetry({ at: clock.now(), origin: command.origin, to, how, why });
    }

    /**
     * If Twilio gives the SID only after the deadline, stores the SID, so that no other delivery is matched with it.
     * The result of this delivery does not change.
     */
    async function saveSidAfterDeadline(later: DeliveryEnd | null): Promise<void> {
      if (later?.outcome.kind === "accepted") await evidence.saveSid(reference, later.outcome.sid);
    }

    /** Waits for the deadline and then gives the automation its result. The app sends nothing afterwards. */
    async function deadline(asked: MessageOrCall): Promise<DeliveryEnd | null> {
      await clock.wait(Math.max(0, answerBy - clock.now()), AbortSignal.any([answered.signal, stopping]));
      if (answered.signal.aborted || stopping.aborted) return await ended;
      if (accepted === null && !isAsked) return deliveryEndOf(DEADLINE_PASSED);
      const known = accepted ?? acceptedAs(evidence.sidOf(reference));
      if (known === null) return deliveryEndOf(atDeadline);
      if (isReachedOnAcceptance(command.waitFor)) return deliveryEndOf(known);
      const latestStatus = options.statuses.of(known.sid);
      // Twilio may not have detected yet whether a person or a machine answered. At the deadline, both count as
      // answered.
      const withMachine =
        latestStatus === null || latestStatus.answeredBy !== null
          ? latestStatus
          : { ...latestStatus, answeredBy: "unknown" };
      const progress = withMachine === null ? null : progressOf(withMachine, command.waitFor, asked);
      if (hasFirstStep(asked) && progress?.kind === "reached")
        return { outcome: known, latestStatus, error: talkError("not_entered") };
      if (progress?.kind === "reached") return { outcome: known, latestStatus, error: null };
      const error = progress?.kind === "failed" ? progress.error : statusNotReached(command.waitFor);
      return { outcome: known, latestStatus, error };
    }
  };

  function describe({ sid, error }: RecipientResult): void {
    if (error === null) logger.info(`Twilio accepted the message or call ${sid}.`);
    else logger.warning(`The result of a message or call is an error: ${formatErrorForLog(error)}.`);
  }
}

function acceptedAs(sid: string | null): AcceptedDelivery | null {
  return sid === null ? null : { kind: "accepted", sid, status: "accepted", segments: null };
}
