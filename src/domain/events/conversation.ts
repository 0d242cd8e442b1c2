import { withoutPhoneChannel } from "../address/channel-address.ts";
import type { ReportedError } from "../reported-error.ts";

/** Where an entry stands in its conversation: later ones are greater, field by field. */
export interface EntryKey {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** 0: what came in, 1: what was sent. */
  readonly source: 0 | 1;
  readonly ref: number;
  readonly position: number;
}

/** A file that came with a message, kept at Twilio. */
export interface EntryFile {
  /** Its number in the message, from 0. */
  readonly number: number;
  /** Its type, such as `image/jpeg`; empty where it is not known. */
  readonly type: string;
  /** See `fileId`. */
  readonly id: string;
}

/** One message or call, as people want to see it. What callers entered is left out: it may be a PIN. */
export interface ConversationEntry {
  readonly key: EntryKey;
  readonly kind: "message" | "call";
  readonly isOutbound: boolean;
  /** The other side's, as Twilio writes it: `whatsapp:+…` where it is that. */
  readonly address: string;
  /** Ours; null where Twilio chooses. */
  readonly ours: string | null;
  /** What was written, or what was said on a call that only says something. */
  readonly text: string;
  /** Of an inbound message. */
  readonly files: readonly EntryFile[];
  /** Of an outbound message: addresses, or what Home Assistant has. */
  readonly sources: readonly string[];
  /** A template of the account's in the place of a text; else null. */
  readonly template: string | null;
  readonly sid: string | null;
  /** Twilio's word; null where nothing is known yet. */
  readonly status: string | null;
  readonly error: ReportedError | null;
  readonly hasFailed: boolean;
  /** Of a call that is over, in seconds. */
  readonly duration: number | null;
  readonly answeredBy: string | null;
  readonly segments: number | null;
  /** How many characters the other side entered, once for each time. */
  readonly entered: readonly number[];
  /** `event`: the number of the event that tells of the recording; `duration` in seconds; `id`: see `fileId`. */
  readonly recordings: readonly {
    readonly event: number;
    readonly duration: number | null;
    readonly id: string;
  }[];
  /** Who asked for it, such as `notify.twilio_sms`; null for what came in. */
  readonly origin: string | null;
}

/** A conversation in the list of them. */
export interface Conversation {
  /** Stands for the person in an address of a page, so that no number stands in a proxy's log. */
  readonly key: string;
  /** The person's, without a channel. */
  readonly address: string;
  readonly last: ConversationEntry;
  /** When that was, in milliseconds since 1970. */
  readonly lastAt: number;
}

/** Stands for a key in an address. */
export function entryKeyText({ at, source, ref, position }: EntryKey): string {
  return [at, source, ref, position].join(".");
}

/** Null for what is none. */
export function parseEntryKey(text: string | undefined): EntryKey | null {
  const found = /^(\d{1,15})\.([01])\.(\d{1,15})\.(\d{1,9})$/.exec(text ?? "");
  if (found === null) return null;
  const [, at, source, ref, position] = found;
  return { at: Number(at), source: source === "1" ? 1 : 0, ref: Number(ref), position: Number(position) };
}

/**
 * Tells one file of Twilio's from another by the end of its address, such as `ME…` or `RE…`: numbers of events begin
 * anew with a new journal, and a browser keeps files for a while.
 */
export function fileId(url: string): string {
  return /\/([\w-]{1,64})$/.exec(URL.parse(url)?.pathname ?? "")?.[1] ?? "";
}

/** The address of a person, whichever channel is used: in a journal's words, of a conversation. */
export function personOf(address: string): string {
  return withoutPhoneChannel(address);
}
