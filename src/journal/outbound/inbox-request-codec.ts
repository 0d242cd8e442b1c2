import * as z from "zod";

import { parseExactJson } from "../../domain/payload/exact-number.ts";
import type { NotifyCall } from "../../outbound/notify/notify-call.ts";
import type { InboxRequest } from "../../outbound/ports.ts";
import { eventData } from "../inbound/event-codec.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";

type RequestOf<Kind extends InboxRequest["kind"]> = Extract<InboxRequest, { readonly kind: Kind }>;

const notifyCall = z.object({
  notifier: z.string(),
  message: z.nullable(z.string()),
  target: z.array(z.unknown()),
  mediaUrls: z.array(z.string()),
} satisfies FieldsOf<NotifyCall>);

/** Reads and writes the column `heard_requests.data`. Keeps numbers as the automation wrote them, such as 21.0. */
export const inboxRequestCodec = jsonCodec<InboxRequest>(
  "heard_requests.data",
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("notify"), call: notifyCall } satisfies FieldsOf<RequestOf<"notify">>),
    z.object({ kind: z.literal("event"), data: eventData } satisfies FieldsOf<RequestOf<"event">>),
  ]),
  { parse: parseExactJson },
);
