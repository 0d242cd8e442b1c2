import { contentForm } from "../content-form.ts";
import type { StoredForm } from "../content-form.ts";
import { eventData } from "../inbound/event-codec.ts";
import { jsonCodec } from "../json-codec.ts";
import { RESULT_KINDS } from "./delivery-codecs.ts";

/** A `twilio_result` repeats the fields of its only recipient, so it has the same kinds of fields. */
const ofRecipient = contentForm(RESULT_KINDS);

/** If a recipient has content, all recipients are stored as content, and an empty list takes their place. */
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

/** The column `commands.result`: the data of a `twilio_result`. */
export const commandResultCodec = jsonCodec("commands.result", eventData, { form: ofResult });

function isWithContent(recipient: unknown): boolean {
  return typeof recipient === "object" && recipient !== null && "content" in ofRecipient.pack(recipient);
}

function contentOf({ content }: Readonly<Record<string, unknown>>): object {
  return typeof content === "object" && content !== null ? content : {};
}
