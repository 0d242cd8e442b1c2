import type { EventData } from "../domain/events/outgoing-event.ts";
import type { ListAnswer } from "../domain/list-answer.ts";
import type { ReportedError } from "../domain/reported-error.ts";
import type { Reach } from "../inbound/reach.ts";
import type { AccountCheck, CoreEntryCheck, WebhookFailure } from "./checks.ts";
import type { NumberSettings, NumberWebhooks } from "./number-webhooks.ts";

/** The account's numbers at Twilio and their webhook settings. */
export interface AccountNumbers {
  list(): Promise<ListAnswer<NumberWebhooks>>;
  /** Writes the settings that differ from `present`. Idempotent. Resolves to null, or to Twilio's error. */
  write(sid: string, present: NumberSettings, wanted: NumberSettings): Promise<ReportedError | null>;
}

/** Stores, as JSON, the settings of numbers before the app set them up. `get` returns null for none. */
export interface PreviousSettingsMemory {
  get(name: "numbers_before"): string | null;
  set(name: "numbers_before", json: string): void;
}

/** Reads the state of the account from Twilio. */
export interface AccountProbe {
  /** Reads the state of the account. Never rejects. */
  describe(): Promise<AccountCheck>;
  /**
   * The newest webhook that Twilio could not deliver to the public address `base`; null for none, or if Twilio does not
   * answer. `since` is in milliseconds since 1970. Never rejects.
   */
  newestFailure(base: string, since: number): Promise<WebhookFailure | null>;
}

/** Asks Home Assistant whether its own Twilio integration is set up. Never rejects. */
export type CheckCoreEntry = () => Promise<CoreEntryCheck>;

/** Requests the public address from inside the network and checks who answers. Never rejects. */
export type ReachAddress = (base: string) => Promise<Reach>;

/** The progress of a request, from the journal. */
export interface CommandProgress {
  /** The data of its `twilio_result`; null while the request runs. */
  readonly result: EventData | null;
  readonly deliveries: readonly {
    readonly to: string | null;
    readonly state: "waiting" | "posting" | "done";
    readonly sid: string | null;
  }[];
}

export interface CommandProgressSource {
  /** Null if the journal has no such request. */
  progressOf(requestId: string): CommandProgress | null;
}
