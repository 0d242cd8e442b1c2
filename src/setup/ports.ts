import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { Reach } from "../inbound/reach.ts";
import type { AccountCheck, CoreEntryCheck, WebhookFailure } from "./checks.ts";
import type { NumberSettings, NumberWebhooks } from "./number-webhooks.ts";

/** The account's numbers at Twilio, and what its owner entered at them. */
export interface AccountNumbers {
  list(): Promise<ListAnswer<NumberWebhooks>>;
  /** Writes what differs from `present`. Null where Twilio has taken it; asked again it does the same again. */
  write(sid: string, present: NumberSettings, wanted: NumberSettings): Promise<ReportedError | null>;
}

/** Keeps over restarts, as JSON, what numbers had before the app set them up; null for none yet. */
export interface PreviousSettingsMemory {
  get(name: "numbers_before"): string | null;
  set(name: "numbers_before", json: string): void;
}

/** Asks Twilio about the account itself. */
export interface AccountProbe {
  /** Never rejects. */
  describe(): Promise<AccountCheck>;
  /**
   * The newest webhook to the address `base` since a time that did not get through; null where there is none, or Twilio
   * does not say. Never rejects.
   */
  newestFailure(base: string, since: number): Promise<WebhookFailure | null>;
}

/** Asks Home Assistant whether its own Twilio integration is set up. Never rejects. */
export type CheckCoreEntry = () => Promise<CoreEntryCheck>;

/** Asks the app's own public address, from inside the house, who answers there. Never rejects. */
export type ReachAddress = (base: string) => Promise<Reach>;

/** What the journal has of a request. */
export interface CommandProgress {
  /** As `twilio_result` has it; null while it runs. */
  readonly result: EventData | null;
  readonly deliveries: readonly {
    readonly to: string | null;
    readonly state: "waiting" | "posting" | "done";
    readonly sid: string | null;
  }[];
}

export interface CommandProgressSource {
  /** Null for an id that the journal does not know. */
  progressOf(requestId: string): CommandProgress | null;
}
