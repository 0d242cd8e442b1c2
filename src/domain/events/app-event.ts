import type { WebhookKind } from "./webhook.ts";

/**
 * Something that has happened in the app, as plain data: ids and kinds, no text of a message and no phone number. What
 * is about the journal is published after the commit that made it true, so that a listener can read it there.
 */
export type AppEvent =
  /** An event for Home Assistant is in the log. `webhook` is null if no webhook caused it. */
  | { readonly kind: "event_stored"; readonly type: string; readonly webhook: WebhookKind | null }
  /** Home Assistant has taken these; `missed` of them as `twilio_data_missed`. */
  | { readonly kind: "events_delivered"; readonly seqs: readonly number[]; readonly missed: number }
  /** Home Assistant could not be reached with it: it waits again. */
  | { readonly kind: "event_requeued"; readonly seq: number }
  /** Home Assistant will never take it. */
  | { readonly kind: "event_rejected"; readonly seq: number }
  /** The replay check of so many SIDs has ended. */
  | { readonly kind: "ages_verified"; readonly sids: number }
  /** A webhook or a look-up told the status of a message or call, perhaps the one that was known. */
  | { readonly kind: "status_reported"; readonly sid: string }
  /** A delivery has its SID, although its result was told without one. */
  | { readonly kind: "sid_learned"; readonly reference: string; readonly sid: string }
  /** A request of an automation is in the inbox until it can be processed. */
  | { readonly kind: "request_pending" }
  /** It has left the inbox: as a command, or because there was nothing to send. */
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
  | { readonly kind: "call_session_began"; readonly callSid: string }
  | {
      readonly kind: "call_session_ended";
      readonly callSid: string;
      readonly endedBy: "caller" | "app" | "error" | "not_reached";
    }
  /** Twilio was given a step; `step` is its id, or the reference of the call that begins with it. */
  | { readonly kind: "step_given"; readonly step: string }
  /** The first step of an outgoing call has ended. */
  | { readonly kind: "input_gathered"; readonly reference: string }
  | { readonly kind: "notification_raised"; readonly id: string }
  | { readonly kind: "notification_dismissed"; readonly id: string }
  /** The app has learned or forgotten something that it would otherwise read from its options. */
  | { readonly kind: "setting_learned"; readonly setting: "public_address" }
  /** Old content was removed, as far as one step gets; perhaps there was none. */
  | { readonly kind: "history_pruned" }
  /** Conversations of an earlier version's journal were filled in, as far as one step gets; perhaps none was missing. */
  | { readonly kind: "conversations_indexed" }
  /** Rows of an earlier version's journal now have the form of this one, as far as one step gets. */
  | { readonly kind: "rows_converted" };

export type PublishEvent = (event: AppEvent) => void;
