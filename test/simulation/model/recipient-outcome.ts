import type { FiredEvent } from "./history.ts";

/** What an answer says of one recipient. */
export interface RecipientOutcome {
  readonly to: string;
  readonly sid: string | null;
  readonly error: { readonly code: string } | null;
}

/** What the data of a `twilio_result` says of each recipient. */
export function outcomesIn(data: FiredEvent["data"]): readonly RecipientOutcome[] {
  return (data["recipients"] ?? []) as readonly RecipientOutcome[];
}

/** Whether it says that Twilio has it, or may have it. */
export function mayHaveBeenSent({ sid, error }: RecipientOutcome): boolean {
  return sid !== null || error === null || error.code === "unknown_outcome";
}
