import * as z from "zod";

import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import { isObject } from "../../domain/payload/is-object.ts";
import { jsonCodec } from "../json-codec.ts";

/** An event has any fields that Twilio sent, so this accepts every object, and returns it without a copy. */
export const eventData = z.custom<EventData>(isObject);

/** The column `events.data`. */
export const eventCodec = jsonCodec("events.data", eventData);

/** Whether the event of a row was fired as `twilio_data_missed`. Version 6 stored this in `reason`. */
export function isMissed(row: Readonly<Record<string, unknown>>): boolean {
  return row["missed"] === 1 || (row["state"] === "delivered" && row["reason"] === "missed");
}

/** The column `events.kind`. */
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
