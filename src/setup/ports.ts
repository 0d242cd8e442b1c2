import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { Reach } from "../inbound/reach.ts";
import type { AccountCheck, CoreEntryCheck, WebhookFailure } from "./checks.ts";
import type { NumberSettings, NumberWebhooks } from "./number-webhooks.ts";

/** Reads and writes the webhook settings of the account's numbers at Twilio. */
export interface AccountNumbers {
  list(): Promise<ListAnswer<NumberWebhooks>>;
  /**
   * Writes the settings in `wanted` that differ from `present`. A second call does no harm. Resolves with null, or with
   * Twilio's error.
   */
  write(sid: string, present: NumberSettings, wanted: NumberSettings): Promise<ReportedError | null>;
}

/**
 * Stores, as JSON, which settings the numbers had before the app changed them. `get` returns null if nothing is stored.
 */
export interface PreviousSettingsMemory {
  get(name: "numbers_before"): string | null;
  set(name: "numbers_before", json: string): void;
}

/** Asks Twilio about the account. */
export interface AccountProbe {
  /** Reads the state of the account. Never rejects. */
  describe(): Promise<AccountCheck>;
  /**
   * Reads the newest webhook since `since` (milliseconds since 1970) that Twilio could not deliver to the public
   * address `base`. Null if there is none, or if the app cannot read Twilio's alerts. Never rejects.
   */
  newestFailure(base: string, since: number): Promise<WebhookFailure | null>;
}

/** Asks Home Assistant whether its own Twilio integration is set up. Never rejects. */
export type CheckCoreEntry = () => Promise<CoreEntryCheck>;

/** Requests the public address `base` and checks what answers there. Never rejects. */
export type ReachAddress = (base: string) => Promise<Reach>;

/** How far an automation's request has come, as the journal (the app's database) has it. */
export interface CommandProgress {
  /** The data of the request's `twilio_result`; null while the request runs. */
  readonly result: EventData | null;
  readonly deliveries: readonly {
    readonly to: string | null;
    readonly state: "waiting" | "posting" | "done";
    readonly sid: string | null;
  }[];
}

export interface CommandProgressSource {
  /** The progress of a request; null if the journal has no such request. */
  progressOf(requestId: string): CommandProgress | null;
}
