import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import { parseMediaSource } from "../../media/source.ts";
import type { ConversationsPorts } from "./ports.ts";
import type { MessageFault, UnsentMessage } from "./unsent-message.ts";

/** The size of the largest picture that Twilio accepts, in bytes. */
const MOST_PICTURE_BYTES = 5_000_000;

/** The fields of a submitted form. */
export type Form = Readonly<Record<string, unknown>>;

/** Returns the text in a field of a form. Returns an empty text if the form does not have the field. */
export function fieldIn(form: Form, name: string): string {
  const value = form[name];
  return typeof value === "string" ? value : "";
}

export type ReadMessage =
  | { readonly ok: true; readonly text: string; readonly media: readonly string[] }
  | { readonly ok: false; readonly unsent: UnsentMessage };

/**
 * Reads the text and the pictures of a message from a form. Publishes a picture from the user's device, so that Twilio
 * can fetch it.
 */
export async function readMessageForm(
  form: Form,
  isWhatsApp: boolean,
  upload: ConversationsPorts["conversations"]["upload"],
): Promise<ReadMessage> {
  // Browsers send the line breaks of a text area as CRLF.
  const text = fieldIn(form, "text").replaceAll("\r\n", "\n").trim();
  const source = fieldIn(form, "source").trim();
  const file = form["file"] instanceof File && form["file"].size > 0 ? form["file"] : null;
  const unsent = (kind: MessageFault["kind"], reason: string | null = null) =>
    ({ ok: false, unsent: { text, source, fault: { kind, reason } } }) as const;

  if (text === "" && source === "" && file === null) return unsent("empty");
  if (text.length > MAX_TEXT_LENGTH) return unsent("tooLong");
  if (source !== "" && parseMediaSource(source) === null) return unsent("sourceInvalid");
  const sources = source === "" ? [] : [source];
  if (file === null) return { ok: true, text, media: sources };
  if (file.size > MOST_PICTURE_BYTES) return unsent("pictureTooLarge");
  const content = new Uint8Array(await file.arrayBuffer());
  const uploaded = await upload({ type: file.type.toLowerCase(), content }, isWhatsApp);
  if (!uploaded.ok) return unsent("pictureFailed", uploaded.message);
  return { ok: true, text, media: [...sources, uploaded.url] };
}
