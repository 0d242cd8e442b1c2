import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** A message that could not be sent. Its values stay in the form. */
export interface UnsentMessage {
  readonly text: string;
  /** A camera, an image or a web address. */
  readonly source: string;
  readonly fault: MessageFault;
}

/** Why a message was not sent. `notStored`: the app could not write it to its disk. */
export interface MessageFault {
  readonly kind: "empty" | "tooLong" | "notStored" | "pictureTooLarge" | "pictureFailed" | "sourceInvalid";
  /** More about it in English; null for nothing. */
  readonly reason: string | null;
}

/** The sentence about a message that was not sent. */
export function messageFault({ text, fault }: UnsentMessage, words: ConversationsTexts["reply"]): string {
  return fault.kind === "tooLong" ? words.tooLong(text.length, MAX_TEXT_LENGTH) : words[fault.kind];
}
