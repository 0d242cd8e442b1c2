import { isFinalCallStatus } from "../../domain/events/webhook.ts";
import { CALLED_OFF, isLiveCall } from "../alarm-try.ts";
import type { AlarmTry, TryOutcome } from "../alarm-try.ts";
import type { AlarmContext, Draft, TryDelivery } from "./change.ts";

/**
 * If Twilio reports no end of an answered call, the app treats the call as ended after this time, in milliseconds. A
 * call that was not answered counts as ended after `UNANSWERED_MS`.
 */
const ANSWERED_MS = 30 * 60_000;
const UNANSWERED_MS = 5 * 60_000;

/**
 * Updates the tries (calls, texts and pushes) of an alarm with the results of deliveries and the statuses of calls that
 * the journal has.
 */
export function observeTries(draft: Draft, context: AlarmContext): Draft {
  const tries = draft.tries.map((made) => (made.outcome === null ? observed(made, context) : made));
  return { ...draft, tries };
}

function observed(made: AlarmTry, context: AlarmContext): AlarmTry {
  const { now } = context;
  if (made.purpose !== "incoming" && made.channel === "push") return made;
  const delivery = context.deliveryOf(made);
  if (delivery === null) return withoutNews(made, now);
  const known = { ...made, sid: made.sid ?? delivery.sid };
  if (delivery.error !== null && delivery.isDone)
    return ended(known, outcomeOfError(delivery.error.code), now, delivery);
  const accepted = { ...known, acceptedAt: known.acceptedAt ?? (delivery.sid === null ? null : now) };
  if (made.channel !== "call")
    return delivery.isDone ? ended(accepted, "delivered", now, delivery) : accepted;
  return withoutNews(withStatus(accepted, delivery, now), now);
}

function withStatus(made: AlarmTry, delivery: TryDelivery, now: number): AlarmTry {
  const status = delivery.status?.status ?? null;
  const isFinal = isFinalCallStatus(status ?? undefined);
  const isRinging = status === "ringing" || status === "in-progress" || isFinal;
  const isAnswered = status === "in-progress" || status === "completed";
  const known = {
    ...made,
    ringingAt: made.ringingAt ?? (isRinging ? now : null),
    answeredAt: made.answeredAt ?? (isAnswered ? now : null),
  };
  if (!isFinal || status === null) return known;
  return ended(known, outcomeOfStatus(status), now, { ...delivery, error: delivery.status?.error ?? null });
}

function ended(
  made: AlarmTry,
  outcome: TryOutcome,
  now: number,
  { error }: Pick<TryDelivery, "error">,
): AlarmTry {
  const reason = error === null ? null : { code: error.code, message: error.message };
  return { ...made, outcome, endedAt: now, error: reason };
}

/** Treats a call as ended if Twilio has reported nothing about it for a long time. */
function withoutNews(made: AlarmTry, now: number): AlarmTry {
  if (!isLiveCall(made)) return made;
  const { at, answeredAt } = made;
  const endsAt = answeredAt === null ? at + UNANSWERED_MS : answeredAt + ANSWERED_MS;
  return now < endsAt ? made : { ...made, outcome: "no_news", endedAt: now };
}

function outcomeOfStatus(status: string): TryOutcome {
  switch (status) {
    case "completed":
      return "answered";
    case "no-answer":
      return "rang_out";
    case "busy":
      return "busy";
    case "canceled":
      return "canceled";
    default:
      return "failed";
  }
}

function outcomeOfError(code: string): TryOutcome {
  switch (code) {
    case "unknown_outcome":
      return "doubtful";
    // The app could not reach Twilio in time, or Twilio had too many requests at once.
    case "timeout":
    case "twilio_away":
    case "20429":
    // Twilio refuses the credentials or the account. Until the user corrects them, no call is possible.
    case "20003":
    case "401":
    case "10001":
    case "20005":
    case "70051":
      return "not_asked";
    case CALLED_OFF.code:
      return "canceled";
    default:
      return "failed";
  }
}
