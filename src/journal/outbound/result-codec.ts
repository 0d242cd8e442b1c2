import { contentForm } from "../content-form.ts";
import type { StoredForm } from "../content-form.ts";
import { eventData } from "../inbound/event-codec.ts";
import { jsonCodec } from "../json-codec.ts";
import { RESULT_KINDS } from "./delivery-codecs.ts";

/**
 * How to store the fields of one recipient. A `twilio_result` with only one recipient repeats these fields at its top
 * level.
 */
const ofRecipient = contentForm(RESULT_KINDS);

/**
 * How to store a `twilio_result`. If a recipient has content, the whole list of recipients is stored as content, so
 * that pruning removes the list and leaves an empty one.
 */
const ofResult: StoredForm = {
  pack(data) {
    const packed = ofRecipient.pack(data);
    const recipients: unknown = packed["recipients"];
    const hasContent = Array.isArray(recipients) && recipients.some(isWithContent);
    if (!hasContent) return packed;
    return { ...packed, recipients: [], content: { ...contentOf(packed), recipients } };
  },
  unpack: ofRecipient.unpack,
};

/** Reads and writes the column `commands.result`, the data of a `twilio_result`. */
export const commandResultCodec = jsonCodec("commands.result", eventData, { form: ofResult });

function isWithContent(recipient: unknown): boolean {
  return typeof recipient === "object" && recipient !== null && "content" in ofRecipient.pack(recipient);
}

function contentOf({ content }: Readonly<Record<string, unknown>>): object {
  return typeof content === "object" && content !== null ? content : {};
}
