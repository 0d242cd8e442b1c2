import type { WebhookKind } from "./webhook.ts";

/**
 * An event that one part of the app publishes for other parts, as plain data. Contains IDs and kinds, but no message
 * texts and phone numbers. An event about the journal (the database) is published after the commit, so that a listener
 * can already read the change.
 */
export type AppEvent =
  /** The journal has stored an event for Home Assistant. `webhook` is null if no webhook caused it. */
  | { readonly kind: "event_stored"; readonly type: string; readonly webhook: WebhookKind | null }
  /**
   * The app has fired these events in Home Assistant. `missed` is how many of them it fired as `twilio_data_missed`.
   */
  | { readonly kind: "events_delivered"; readonly seqs: readonly number[]; readonly missed: number }
  /** The event did not reach Home Assistant, so it waits for the next attempt. */
  | { readonly kind: "event_requeued"; readonly seq: number }
  /** Home Assistant refused the event. The app does not try again. */
  | { readonly kind: "event_rejected"; readonly seq: number }
  /**
   * The replay check of `sids` calls or messages has ended: Twilio has reported when they were created, does not know
   * them, or could not tell.
   */
  | { readonly kind: "ages_verified"; readonly sids: number }
  /**
   * A webhook or a look-up at Twilio reported the status of a message or call. The status may be the one that was
   * already known.
   */
  | { readonly kind: "status_reported"; readonly sid: string }
  /**
   * A status callback, or Twilio's answer after the deadline, has reported the SID of a delivery. The app may already
   * have known the SID. `reference` is the delivery's secret ID.
   */
  | { readonly kind: "sid_learned"; readonly reference: string; readonly sid: string }
  /** A request of an automation waits in the inbox, because it cannot be processed yet. */
  | { readonly kind: "request_pending" }
  /** A waiting request has left the inbox: it became a command, or the app sends nothing for it. */
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
  /** The state of an alarm has changed, or the state of one of the calls, texts and pushes to its people. */
  | { readonly kind: "alarm_changed"; readonly id: string }
  | { readonly kind: "call_session_began"; readonly callSid: string }
  | {
      readonly kind: "call_session_ended";
      readonly callSid: string;
      readonly endedBy: "caller" | "app" | "error" | "not_reached";
    }
  /**
   * The app now answers Twilio with the TwiML of a step (one `script.twilio_talk`). `step` is the step's ID. For the
   * first step of an outgoing call, `step` is the secret reference of the call's delivery.
   */
  | { readonly kind: "step_given"; readonly step: string }
  /** The first step of an outgoing call has ended, and its input is in the journal. */
  | { readonly kind: "input_gathered"; readonly reference: string }
  | { readonly kind: "notification_raised"; readonly id: string }
  | { readonly kind: "notification_dismissed"; readonly id: string }
  /**
   * The app has learned the value of a setting by itself, or has removed a learned value. Also published when the state
   * of the webhook relay has changed.
   */
  | { readonly kind: "setting_learned"; readonly setting: "public_address" }
  /** The user has opened a conversation with `count` unread entries. */
  | { readonly kind: "conversation_read"; readonly count: number }
  /** The deletion of a message, a call or a conversation has ended, even if nothing could be deleted. */
  | { readonly kind: "content_deleted" }
  /** One batch of removing old content has ended, even if nothing had to be removed. */
  | { readonly kind: "history_pruned" }
  /**
   * One batch of indexing conversations from an earlier version's journal has ended, even if nothing had to be indexed.
   */
  | { readonly kind: "conversations_indexed" }
  /** One batch of converting rows from an earlier version's journal has ended. */
  | { readonly kind: "rows_converted" };

export type PublishEvent = (event: AppEvent) => void;
