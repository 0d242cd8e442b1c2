import * as z from "zod";

import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import { isObject } from "../../domain/payload/is-object.ts";
import { jsonCodec } from "../json-codec.ts";

/** Accepts every object as the data of an event, because Twilio may send any fields. Does not copy the object. */
export const eventData = z.custom<EventData>(isObject);

/** Reads and writes the column `events.data`. */
export const eventCodec = jsonCodec("events.data", eventData);

/**
 * Whether the app fired the event of a row as `twilio_data_missed`. Schema version 6 stored this in the column
 * `reason`.
 */
export function isMissed(row: Readonly<Record<string, unknown>>): boolean {
  return row["missed"] === 1 || (row["state"] === "delivered" && row["reason"] === "missed");
}

/** Reads the column `events.kind`. */
export const eventKind = z.nullable(
  z.enum({
    incoming_call: "incoming_call",
    call: "call",
    message: "message",
    message_status: "message_status",
    call_status: "call_status",
    recording: "recording",
    other: "other",
  } satisfies { readonly [Kind in WebhookKind]: Kind }),
);
