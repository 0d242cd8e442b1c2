import type { SendRequest } from "./send-request.ts";
import type { RecipientResult } from "./send-result.ts";

/** One recipient of a command: `request` is null where it was refused before Twilio could be asked. */
export interface Send {
  readonly position: number;
  readonly request: SendRequest | null;
  readonly state: "waiting" | "posting" | "done";
  readonly result: RecipientResult | null;
}

export interface Command {
  readonly requestId: string;
  readonly command: SendRequest["command"];
  /** Who asked, for people: `notify.twilio_sms`. */
  readonly origin: string;
  readonly receivedAt: number;
  /** Milliseconds since 1970; no request that sends starts after it. */
  readonly deadline: number;
  readonly sends: readonly Send[];
}
