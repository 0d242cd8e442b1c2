import * as z from "zod";

import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import { reportedError } from "../calls/step-codecs.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";

/** The latest status, and what callbacks have told of it: null if they told nothing. */
export interface StoredStatus extends DeliveryStatus {
  readonly heard?: DeliveryStatus | null;
}

const SEND_STATUS_FIELDS = {
  status: z.string(),
  error: z.nullable(reportedError),
  answeredBy: z.nullable(z.string()),
  duration: z.nullable(z.number()),
} satisfies FieldsOf<DeliveryStatus>;

/** latest_statuses.status */
export const statusCodec = jsonCodec<StoredStatus>(
  "latest_statuses.status",
  z.object({
    ...SEND_STATUS_FIELDS,
    heard: z.exactOptional(z.nullable(z.object(SEND_STATUS_FIELDS))),
  } satisfies FieldsOf<StoredStatus>),
);
