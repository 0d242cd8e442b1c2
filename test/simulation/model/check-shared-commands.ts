import type { History } from "./history.ts";
import { mayHaveBeenSent, outcomesIn } from "./recipient-outcome.ts";
import { SHARED, SHARED_RECIPIENTS } from "./request-id.ts";

/**
 * Checks requests that Twilio cannot distinguish. No more is sent than was requested. Nothing is sent that a result
 * reports as failed. No two results contain the same message or call.
 */
export function checkSharedCommands(history: History): string[] {
  return (["message", "call"] as const).flatMap((kind) =>
    SHARED_RECIPIENTS.flatMap((to) => checkRecipient(history, kind, to)),
  );
}

function checkRecipient({ asked, fired, sent }: History, kind: "message" | "call", to: string): string[] {
  const command = kind === "message" ? "send_message" : "make_call";
  const requests = asked.filter((one) => one.isShared && one.command === command && one.to.includes(to));
  const outcomes = requests.flatMap(({ id }) => {
    const result = fired.find(({ type, data }) => type === "twilio_result" && data["request_id"] === id);
    return result === undefined ? [] : outcomesIn(result.data).filter((outcome) => outcome.to === to);
  });
  const items = sent.filter((item) => item.requestId === SHARED && item.kind === kind && item.to === to);
  const failed = outcomes.filter((outcome) => !mayHaveBeenSent(outcome)).length;
  const claimed = outcomes.flatMap(({ sid }) => (sid === null ? [] : [sid]));
  const foreign = claimed.filter((sid) => !items.some((item) => item.sid === sid));
  const most = requests.length - failed;
  const what = `${kind}s to ${to}`;
  return [
    ...(items.length > most ? [`${items.length} ${what} were sent, and at most ${most} may have been`] : []),
    ...(new Set(claimed).size < claimed.length ? [`two answers claim one of the ${what}`] : []),
    ...foreign.map((sid) => `an answer names ${sid}, which is none of the ${what}`),
  ];
}
