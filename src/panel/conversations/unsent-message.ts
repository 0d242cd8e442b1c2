import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";

/** A message that could not be sent, with the values that the user typed. The form still contains them. */
export interface UnsentMessage {
  readonly text: string;
  /**
   * A picture that the user did not upload, but typed: a URL, a media-source ID, a camera or an image. Empty if the
   * user typed none.
   */
  readonly source: string;
  readonly fault: MessageFault;
}

/** Why a message was not sent. `notStored` means that the app could not write the message to its disk. */
export interface MessageFault {
  readonly kind: "empty" | "tooLong" | "notStored" | "pictureTooLarge" | "pictureFailed" | "sourceInvalid";
  /** More details about the fault, in English; null if the app has none. */
  readonly reason: string | null;
}

/** Writes the sentence about why a message was not sent. */
export function messageFault({ text, fault }: UnsentMessage, words: ConversationsTexts["reply"]): string {
  return fault.kind === "tooLong" ? words.tooLong(text.length, MAX_TEXT_LENGTH) : words[fault.kind];
}
