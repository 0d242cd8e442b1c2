import type { FiredEvent } from "./history.ts";

/** The outcome of one recipient in a result. */
export interface RecipientOutcome {
  readonly to: string;
  readonly sid: string | null;
  readonly error: { readonly code: string } | null;
}

/** The outcomes of all recipients in the data of a `twilio_result`. */
export function outcomesIn(data: FiredEvent["data"]): readonly RecipientOutcome[] {
  return (data["recipients"] ?? []) as readonly RecipientOutcome[];
}

/** Whether the outcome says that the message or call is at Twilio, or may be. */
export function mayHaveBeenSent({ sid, error }: RecipientOutcome): boolean {
  return sid !== null || error === null || error.code === "unknown_outcome";
}
