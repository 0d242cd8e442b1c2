import { errorText } from "../../domain/error-text.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { callWords, channelLabel, fileName, statusLabel } from "../conversations/entry-words.ts";

export interface EntryTextOptions {
  readonly texts: PanelTexts;
  /** The name of the other party. */
  readonly name: string;
  /** Writes a time, which is given in milliseconds since 1970. */
  readonly time: (at: number) => string;
}

/**
 * Writes a message or call of an exported conversation as one paragraph. Leaves out what callers entered, which may be
 * a PIN.
 */
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

function callText(entry: ConversationEntry, { conversations }: PanelTexts): string {
  return [callWords(entry, conversations), ...entry.recordings.map(() => conversations.recording)].join(", ");
}

/** Removes the query of a URL, which may contain a key, such as that of a camera's picture. */
function withoutQuery(source: string): string {
  return source.split(/[?#]/, 1)[0] ?? "";
}
