import { withoutPhoneChannel } from "../address/channel-address.ts";
import type { ReportedError } from "../reported-error.ts";
import type { CallOutcome, CallTurn } from "./call-story.ts";

/**
 * The position of an entry in its conversation. Comparing field by field, in this order, gives the order of the
 * entries.
 */
export interface EntryKey {
  /** When the message or call was received or sent, in milliseconds since 1970. */
  readonly at: number;
  /** 0 for a received entry, 1 for a sent one. */
  readonly source: 0 | 1;
  readonly ref: number;
  readonly position: number;
}

/** A file of a received message, stored at Twilio. */
export interface EntryFile {
  /** The position of the file in its message, from 0. */
  readonly number: number;
  /** The media type, such as `image/jpeg`. Empty if Twilio did not report it. */
  readonly type: string;
  /** The end of the file's URL at Twilio, see `fileId`. */
  readonly id: string;
}

/**
 * A recording of a call. `event` is the number of its stored event, `duration` its length in seconds, and `id` the end
 * of its URL (see `fileId`).
 */
export interface EntryRecording {
  readonly event: number;
  readonly duration: number | null;
  readonly id: string;
}

/** One message or call, for the panel. Omits pressed keys that may be a PIN. */
export interface ConversationEntry {
  readonly key: EntryKey;
  readonly kind: "message" | "call";
  readonly isOutbound: boolean;
  /** The other party's number or channel address, as Twilio writes it, such as `whatsapp:+…`. */
  readonly address: string;
  /** The user's own number or sender. Null if Twilio chooses the sender. */
  readonly ours: string | null;
  /** The text of a message, or the text that an outgoing call without steps speaks. Empty for other calls. */
  readonly text: string;
  /** The files that came with a received message. */
  readonly files: readonly EntryFile[];
  /** The media that were sent with a message, as URLs or as media-source IDs of Home Assistant. */
  readonly sources: readonly string[];
  /** The SID of Twilio's content template, if the message was sent with one in place of a text; otherwise null. */
  readonly template: string | null;
  readonly sid: string | null;
  /** The latest status that Twilio reported; null if Twilio has reported none. */
  readonly status: string | null;
  readonly error: ReportedError | null;
  readonly hasFailed: boolean;
  /** The duration of an ended call, in seconds. */
  readonly duration: number | null;
  readonly answeredBy: string | null;
  readonly segments: number | null;
  /** How a call ended, or its present state. Null for a message. */
  readonly outcome: CallOutcome | null;
  /** The spoken texts and the inputs of a call, in order. */
  readonly turns: readonly CallTurn[];
  readonly recordings: readonly EntryRecording[];
  /**
   * The number of the user's own phone, if the call rings it first and then connects it with the other party; otherwise
   * null.
   */
  readonly phone: string | null;
  /** The source of the request for a message or call, such as `notify.twilio_sms`. Null if it was received. */
  readonly origin: string | null;
}

/** One conversation in the panel's list: all messages and calls with one party. */
export interface Conversation {
  /** Stands for the party's number in URLs of the panel, so that a proxy's log contains no number. */
  readonly key: string;
  /** The other party's number, or its address in a channel without numbers. */
  readonly address: string;
  readonly last: ConversationEntry;
  /** The time of the last entry, in milliseconds since 1970. */
  readonly lastAt: number;
  /** The number of received messages and missed calls that the user has not opened. */
  readonly unread: number;
}

/** Writes an entry's key as text for a URL. */
export function entryKeyText({ at, source, ref, position }: EntryKey): string {
  return [at, source, ref, position].join(".");
}

/** Reads an entry's key from a URL; null if the text is not a valid key. */
export function parseEntryKey(text: string | undefined): EntryKey | null {
  const found = /^(\d{1,15})\.([01])\.(\d{1,15})\.(\d{1,9})$/.exec(text ?? "");
  if (found === null) return null;
  const [, at, source, ref, position] = found;
  return { at: Number(at), source: source === "1" ? 1 : 0, ref: Number(ref), position: Number(position) };
}

/**
 * Returns the last part of a file's URL at Twilio, such as `ME…` or `RE…`. The panel's URLs contain this part and the
 * event's number. The number alone is not enough: a new journal numbers its events from 1 again. A browser could then
 * show a cached file of another event.
 */
export function fileId(url: string): string {
  return /\/([\w-]{1,64})$/.exec(URL.parse(url)?.pathname ?? "")?.[1] ?? "";
}

/**
 * Returns the part of a number or channel address that identifies its conversation: everything except `whatsapp:` or
 * `rcs:`.
 */
export function personOf(address: string): string {
  return withoutPhoneChannel(address);
}
