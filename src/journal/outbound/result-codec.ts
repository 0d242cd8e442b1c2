import { eventData } from "../inbound/event-codec.ts";
import { jsonCodec } from "../json-codec.ts";

/** commands.result: the data of a `twilio_result`. */
export const commandResultCodec = jsonCodec("commands.result", eventData);
