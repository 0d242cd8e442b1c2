import { errorText } from "../../domain/error-text.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { channelLabel, fileName, formatMinutes, statusLabel } from "../conversations/entry-words.ts";

export interface EntryTextOptions {
  readonly texts: PanelTexts;
  /** The other person's name. */
  readonly name: string;
  /** Writes a time, given in milliseconds since 1970. */
  readonly time: (at: number) => string;
}

/** A message or call of an exported conversation, as one paragraph. What callers entered is left out. */
export function entryText(entry: ConversationEntry, { texts, name, time }: EntryTextOptions): string {
  const words = texts.conversations;
  const channel = entry.kind === "message" ? channelLabel(entry.address, words) : null;
  const labels = [channel, statusLabel(entry, words)].filter((label) => label !== null);
  const who = entry.isOutbound ? words.you : name;
  const lines = [
    `${time(entry.key.at)} · ${[who, ...labels].join(" · ")}`,
    ...(entry.kind === "call" ? [callText(entry, texts)] : []),
    ...(entry.text === "" ? [] : entry.text.split("\n")),
    ...(entry.template === null ? [] : [words.template(entry.template)]),
    ...entry.files.map(({ type, number }) => fileName(type, number, words)),
    ...entry.sources.map((source) => `${words.attached} ${withoutQuery(source)}`),
    ...(entry.error === null ? [] : [errorText(entry.error, texts.errors)]),
  ];
  const [first = "", ...others] = lines;
  return [first, ...others.map((line) => `  ${line}`)].join("\n") + "\n\n";
}

function callText(
  { isOutbound, duration, recordings }: ConversationEntry,
  { conversations }: PanelTexts,
): string {
  return [
    isOutbound ? conversations.outgoingCall : conversations.incomingCall,
    ...(duration === null ? [] : [conversations.lasted(formatMinutes(duration))]),
    ...recordings.map(() => conversations.recording),
  ].join(", ");
}

/** Without the query, which may contain a key, such as that of a camera's picture. */
function withoutQuery(source: string): string {
  return source.split(/[?#]/, 1)[0] ?? "";
}
