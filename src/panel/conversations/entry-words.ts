import { isPhoneChannel, splitChannel } from "../../domain/address/channel-address.ts";
import type { CallTurn } from "../../domain/events/call-story.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** Writes an entry in one line for the list: its text, or a description if it has no text. */
export function entryPreview(entry: ConversationEntry, texts: ConversationsTexts): string {
  if (entry.kind === "call") return callWords(entry, texts);
  if (entry.text !== "") return entry.text;
  const [file] = entry.files;
  if (file !== undefined) return fileName(file.type, file.number, texts);
  if (entry.template !== null) return texts.template(entry.template);
  return entry.sources.length === 0 ? "" : texts.picture(1);
}

/** Writes how a call went, such as *Answered call, 2:10*. */
export function callWords(entry: ConversationEntry, texts: ConversationsTexts): string {
  const { outcome, isOutbound, duration, recordings } = entry;
  const words = (isOutbound ? texts.outgoingCalls : texts.incomingCalls)[outcome ?? "waiting"];
  const seconds = outcome === "voicemail" ? (recordings[0]?.duration ?? null) : duration;
  const hasTime = seconds !== null && seconds > 0 && outcome !== "missed";
  return hasTime ? `${words}, ${formatMinutes(seconds)}` : words;
}

/** Writes one thing that was said or done on a call as a line. */
export function turnWords(turn: CallTurn, { turns }: ConversationsTexts): string {
  switch (turn.kind) {
    case "said":
      return turns.said(turn.text);
    case "played":
      return turns.played;
    case "spoken":
      return turns.spoken(turn.text);
    case "pressed":
      return turn.keys === null ? turns.hidden(turn.count) : turns.pressed(turn.keys);
    case "forwarded":
      return turn.wasAnswered ? turns.forwarded(turn.to) : turns.notReached(turn.to);
  }
}

/** Names a file by its media type. `number` is its position in the message, from 0. */
export function fileName(type: string, number: number, texts: ConversationsTexts): string {
  if (type.startsWith("image/")) return texts.picture(number + 1);
  if (type.startsWith("audio/")) return texts.sound(number + 1);
  return type.startsWith("video/") ? texts.video(number + 1) : texts.file(number + 1);
}

/** Writes the status of an entry in the page's language. Returns null for a received entry without a status. */
export function statusLabel(entry: ConversationEntry, texts: ConversationsTexts): string | null {
  const { status, error, isOutbound } = entry;
  const words: Readonly<Record<string, string>> = texts.statuses;
  if (error?.code === "unknown_outcome" && status === null) return texts.uncertain;
  if (status !== null) return words[status] ?? status;
  if (error !== null) return texts.failedMark;
  return isOutbound ? texts.waits : null;
}

/** Whether the list must show at first sight that something went wrong: a message failed, or a call was missed. */
export function isWorrying({ hasFailed, outcome }: ConversationEntry): boolean {
  return hasFailed || outcome === "missed";
}

/** Names the channel of a channel address. A channel without a translation keeps its own name, such as *Messenger*. */
export function channelLabel(address: string, { channels }: ConversationsTexts): string {
  const channel = splitChannel(address)?.channel;
  if (channel === undefined) return channels.sms;
  if (isPhoneChannel(channel)) return channels[channel];
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}

/** Writes seconds as minutes and seconds, such as `1:05`. */
export function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
