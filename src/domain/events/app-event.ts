import type { WebhookKind } from "./webhook.ts";

/**
 * An event within the app, as plain data: IDs and kinds, without message texts and phone numbers. An event about the
 * journal is published after its commit, so that a listener can read the change there.
 */
export type AppEvent =
  /** An event for Home Assistant is in the log. `webhook` is null if no webhook caused it. */
  | { readonly kind: "event_stored"; readonly type: string; readonly webhook: WebhookKind | null }
  /** These events were fired in Home Assistant; `missed` of them as `twilio_data_missed`. */
  | { readonly kind: "events_delivered"; readonly seqs: readonly number[]; readonly missed: number }
  /** The event did not reach Home Assistant, so it waits again. */
  | { readonly kind: "event_requeued"; readonly seq: number }
  /** Home Assistant will never accept the event. */
  | { readonly kind: "event_rejected"; readonly seq: number }
  /** The replay check of `sids` calls or messages has ended. */
  | { readonly kind: "ages_verified"; readonly sids: number }
  /** A webhook or a look-up reported the status of a message or call, perhaps one that was already known. */
  | { readonly kind: "status_reported"; readonly sid: string }
  /** Twilio's SID of a message or call became known after the delivery's result had been reported without it. */
  | { readonly kind: "sid_learned"; readonly reference: string; readonly sid: string }
  /** A request of an automation is in the inbox until it can be processed. */
  | { readonly kind: "request_pending" }
  /** A request has left the inbox: as a command, or because there was nothing to send. */
  | { readonly kind: "request_processed"; readonly seq: number }
  | {
      readonly kind: "command_accepted";
      readonly requestId: string;
      readonly command: "send_message" | "make_call" | "talk";
    }
  | {
      readonly kind: "delivery_changed";
      readonly requestId: string;
      readonly position: number;
      readonly state: "waiting" | "posting" | "accepted" | "done";
    }
  | { readonly kind: "command_finished"; readonly requestId: string }
  /** An alarm, or one of its tries, has changed. */
  | { readonly kind: "alarm_changed"; readonly id: string }
  | { readonly kind: "call_session_began"; readonly callSid: string }
  | {
      readonly kind: "call_session_ended";
      readonly callSid: string;
      readonly endedBy: "caller" | "app" | "error" | "not_reached";
    }
  /**
   * Twilio has received a step. `step` is the step's ID; for the first step of an outgoing call, the secret reference
   * of its delivery.
   */
  | { readonly kind: "step_given"; readonly step: string }
  /** The first step of an outgoing call has ended. */
  | { readonly kind: "input_gathered"; readonly reference: string }
  | { readonly kind: "notification_raised"; readonly id: string }
  | { readonly kind: "notification_dismissed"; readonly id: string }
  /** The app has learned or removed a value that it would otherwise read from its options. */
  | { readonly kind: "setting_learned"; readonly setting: "public_address" }
  /** The user has opened a conversation with `count` unread entries. */
  | { readonly kind: "conversation_read"; readonly count: number }
  /** The user has deleted a message, a call or a conversation. */
  | { readonly kind: "content_deleted" }
  /** One step of removing old content has ended; perhaps there was none. */
  | { readonly kind: "history_pruned" }
  /** One step of indexing the conversations of an earlier version's journal has ended; perhaps none was missing. */
  | { readonly kind: "conversations_indexed" }
  /** One step of converting the rows of an earlier version's journal has ended. */
  | { readonly kind: "rows_converted" };

export type PublishEvent = (event: AppEvent) => void;
