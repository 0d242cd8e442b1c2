import { isPhoneChannel, splitChannel } from "../../domain/address/channel-address.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** An entry in one line for the list: its text, or a description if it has no text. */
export function entryPreview(entry: ConversationEntry, texts: ConversationsTexts): string {
  if (entry.kind === "call") return entry.isOutbound ? texts.outgoingCall : texts.incomingCall;
  if (entry.text !== "") return entry.text;
  const [file] = entry.files;
  if (file !== undefined) return fileName(file.type, file.number, texts);
  return entry.template === null ? (entry.sources[0] ?? "") : texts.template(entry.template);
}

/** The name of a file by its media type. `number` counts from 0. */
export function fileName(type: string, number: number, texts: ConversationsTexts): string {
  if (type.startsWith("image/")) return texts.picture(number + 1);
  if (type.startsWith("audio/")) return texts.sound(number + 1);
  return type.startsWith("video/") ? texts.video(number + 1) : texts.file(number + 1);
}

/** The status of an entry in the page's language; null for an incoming one without a status. */
export function statusLabel(entry: ConversationEntry, texts: ConversationsTexts): string | null {
  const { status, error, isOutbound } = entry;
  const words: Readonly<Record<string, string>> = texts.statuses;
  if (status !== null) return words[status] ?? status;
  if (error !== null) return texts.failedMark;
  return isOutbound ? texts.waits : null;
}

/**
 * The name of the channel of a number or channel address. A channel without a text has its own name, such as
 * *Messenger*.
 */
export function channelLabel(address: string, { channels }: ConversationsTexts): string {
  const channel = splitChannel(address)?.channel;
  if (channel === undefined) return channels.sms;
  if (isPhoneChannel(channel)) return channels[channel];
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}

/** Seconds as minutes and seconds, such as `1:05`. */
export function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
