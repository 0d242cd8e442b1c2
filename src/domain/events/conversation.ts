import { withoutPhoneChannel } from "../address/channel-address.ts";
import type { ReportedError } from "../reported-error.ts";
import type { CallOutcome, CallTurn } from "./call-story.ts";

/** The position of an entry in its conversation. Later entries are greater, compared field by field. */
export interface EntryKey {
  /** When the message or call came or was sent, in milliseconds since 1970. */
  readonly at: number;
  /** 0: received, 1: sent. */
  readonly source: 0 | 1;
  readonly ref: number;
  readonly position: number;
}

/** A file of a received message, stored at Twilio. */
export interface EntryFile {
  /** Its number in the message, from 0. */
  readonly number: number;
  /** The media type, such as `image/jpeg`; empty if it is not known. */
  readonly type: string;
  /** See `fileId`. */
  readonly id: string;
}

/** A recording of a call. `event`: the number of its event; `duration` in seconds; `id`: see `fileId`. */
export interface EntryRecording {
  readonly event: number;
  readonly duration: number | null;
  readonly id: string;
}

/** One message or call, for the panel. Keys that may be a PIN are omitted. */
export interface ConversationEntry {
  readonly key: EntryKey;
  readonly kind: "message" | "call";
  readonly isOutbound: boolean;
  /** The other party's number or channel address, as Twilio writes it, such as `whatsapp:+…`. */
  readonly address: string;
  /** The user's own number or sender; null if Twilio chooses it. */
  readonly ours: string | null;
  /** The text of a message, or of a call that only says something. */
  readonly text: string;
  /** The files of a received message. */
  readonly files: readonly EntryFile[];
  /** The media of a sent message: URLs, or media of Home Assistant. */
  readonly sources: readonly string[];
  /** The SID of Twilio's content template that replaces the text; else null. */
  readonly template: string | null;
  readonly sid: string | null;
  /** Twilio's status; null if none is known yet. */
  readonly status: string | null;
  readonly error: ReportedError | null;
  readonly hasFailed: boolean;
  /** The duration of an ended call, in seconds. */
  readonly duration: number | null;
  readonly answeredBy: string | null;
  readonly segments: number | null;
  /** How a call ended; null for a message. */
  readonly outcome: CallOutcome | null;
  /** What was said and entered on a call. */
  readonly turns: readonly CallTurn[];
  readonly recordings: readonly EntryRecording[];
  /** The user's own phone, if a call rings it first and then connects it with the person; else null. */
  readonly phone: string | null;
  /** What sent the request, such as `notify.twilio_sms`; null for a received message or call. */
  readonly origin: string | null;
}

/** A conversation in the list of conversations. */
export interface Conversation {
  /** Replaces the party's number in the panel's URLs, so that a proxy does not log numbers. */
  readonly key: string;
  /** The other party's number or address, without a channel. */
  readonly address: string;
  readonly last: ConversationEntry;
  /** The time of the last entry, in milliseconds since 1970. */
  readonly lastAt: number;
  /** How many received messages and missed calls nobody has seen. */
  readonly unread: number;
}

/** The form of a key in a URL. */
export function entryKeyText({ at, source, ref, position }: EntryKey): string {
  return [at, source, ref, position].join(".");
}

/** Reads a key from a URL; null if it is not valid. */
export function parseEntryKey(text: string | undefined): EntryKey | null {
  const found = /^(\d{1,15})\.([01])\.(\d{1,15})\.(\d{1,9})$/.exec(text ?? "");
  if (found === null) return null;
  const [, at, source, ref, position] = found;
  return { at: Number(at), source: source === "1" ? 1 : 0, ref: Number(ref), position: Number(position) };
}

/**
 * Identifies a file at Twilio by the end of its URL, such as `ME…` or `RE…`. The number of its event is not enough: a
 * new journal starts the numbers again, while a browser may have cached a file.
 */
export function fileId(url: string): string {
  return /\/([\w-]{1,64})$/.exec(URL.parse(url)?.pathname ?? "")?.[1] ?? "";
}

/** A person's number or address without the phone channel, which identifies the conversation. */
export function personOf(address: string): string {
  return withoutPhoneChannel(address);
}
