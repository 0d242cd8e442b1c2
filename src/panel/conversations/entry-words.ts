import { isPhoneChannel, splitChannel } from "../../domain/address/channel-address.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** What was written, or what else it was, in one line for the list. */
export function entryPreview(entry: ConversationEntry, texts: ConversationsTexts): string {
  if (entry.kind === "call") return entry.isOutbound ? texts.outgoingCall : texts.incomingCall;
  if (entry.text !== "") return entry.text;
  const [file] = entry.files;
  if (file !== undefined) return fileName(file.type, file.number, texts);
  return entry.template === null ? (entry.sources[0] ?? "") : texts.template(entry.template);
}

export function fileName(type: string, number: number, texts: ConversationsTexts): string {
  if (type.startsWith("image/")) return texts.picture(number + 1);
  if (type.startsWith("audio/")) return texts.sound(number + 1);
  return type.startsWith("video/") ? texts.video(number + 1) : texts.file(number + 1);
}

/** Null where there is nothing to say: what has come in is here. */
export function statusLabel(entry: ConversationEntry, texts: ConversationsTexts): string | null {
  const { status, error, isOutbound } = entry;
  const words: Readonly<Record<string, string>> = texts.statuses;
  if (status !== null) return words[status] ?? status;
  if (error !== null) return texts.failedMark;
  return isOutbound ? texts.waits : null;
}

/** The channel of a message with this address; one without a text here goes by its own name, such as *Messenger*. */
export function channelLabel(address: string, { channels }: ConversationsTexts): string {
  const channel = splitChannel(address)?.channel;
  if (channel === undefined) return channels.sms;
  if (isPhoneChannel(channel)) return channels[channel];
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}

/** Minutes and seconds, `1:05`. */
export function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
