import { isPhoneChannel, splitChannel } from "../../domain/address/channel-address.ts";
import type { CallTurn } from "../../domain/events/call-story.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** An entry in one line for the list: its text, or a description if it has no text. */
export function entryPreview(entry: ConversationEntry, texts: ConversationsTexts): string {
  if (entry.kind === "call") return callWords(entry, texts);
  if (entry.text !== "") return entry.text;
  const [file] = entry.files;
  if (file !== undefined) return fileName(file.type, file.number, texts);
  if (entry.template !== null) return texts.template(entry.template);
  return entry.sources.length === 0 ? "" : texts.picture(1);
}

/** How a call went, such as *Answered call, 2:10*. */
export function callWords(entry: ConversationEntry, texts: ConversationsTexts): string {
  const { outcome, isOutbound, duration, recordings } = entry;
  const words = (isOutbound ? texts.outgoingCalls : texts.incomingCalls)[outcome ?? "waiting"];
  const seconds = outcome === "voicemail" ? (recordings[0]?.duration ?? null) : duration;
  const hasTime = seconds !== null && seconds > 0 && outcome !== "missed";
  return hasTime ? `${words}, ${formatMinutes(seconds)}` : words;
}

/** One turn of a call as a line. */
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
  if (error?.code === "unknown_outcome" && status === null) return texts.uncertain;
  if (status !== null) return words[status] ?? status;
  if (error !== null) return texts.failedMark;
  return isOutbound ? texts.waits : null;
}

/** Whether the user wants to know at once that an entry needs another try: a failed message, or a missed call. */
export function isWorrying({ hasFailed, outcome }: ConversationEntry): boolean {
  return hasFailed || outcome === "missed";
}

/** The name of the channel of a channel address. A channel without a text has its own name, such as *Messenger*. */
export function channelLabel(address: string, { channels }: ConversationsTexts): string {
  const channel = splitChannel(address)?.channel;
  if (channel === undefined) return channels.sms;
  if (isPhoneChannel(channel)) return channels[channel];
  return channel.charAt(0).toUpperCase() + channel.slice(1);
}

/** Formats seconds as minutes and seconds, such as `1:05`. */
export function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
