import * as z from "zod";

import type { DeliveryStatus } from "../../domain/events/delivery-status.ts";
import { reportedError } from "../calls/step-codecs.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";

/**
 * The latest status from any source and, in `heard`, the latest status from callbacks. `heard` is null if no callback
 * came.
 */
export interface StoredStatus extends DeliveryStatus {
  // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `heard`
  readonly heard?: DeliveryStatus | null;
}

const DELIVERY_STATUS_FIELDS = {
  status: z.string(),
  error: z.nullable(reportedError),
  answeredBy: z.nullable(z.string()),
  duration: z.nullable(z.number()),
} satisfies FieldsOf<DeliveryStatus>;

/** Reads and writes the column `latest_statuses.status`. */
export const statusCodec = jsonCodec<StoredStatus>(
  "latest_statuses.status",
  z.object({
    ...DELIVERY_STATUS_FIELDS,
    // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `heard`
    heard: z.exactOptional(z.nullable(z.object(DELIVERY_STATUS_FIELDS))),
  } satisfies FieldsOf<StoredStatus>),
);
