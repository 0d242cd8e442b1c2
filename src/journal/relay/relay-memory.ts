import * as z from "zod";

import type { DeployedRelay, RelayMemory, RelayRecord } from "../../setup/relay/relay-record.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";
import type { SettingsTable } from "../settings-table.ts";

const deployedSchema = z.object({
  service: z.string(),
  environment: z.string(),
  answers: z.string(),
  domain: z.string(),
  houseUrl: z.string(),
} satisfies FieldsOf<DeployedRelay>);

/**
 * The stored state of the relay. A form that this version does not know counts as no relay. The user can then set it up
 * again.
 */
const recordCodec = jsonCodec<RelayRecord | null>(
  "facts.relay",
  z
    .object({
      key: z.string(),
      webhookId: z.string(),
      deployed: deployedSchema.nullable(),
    } satisfies FieldsOf<RelayRecord>)
    .nullable()
    .catch(null),
);

/** Stores the state of the webhook relay in the settings table. */
export function createRelayMemory(settings: Pick<SettingsTable, "get" | "set" | "remove">): RelayMemory {
  const stored = settings.get("relay");
  let present = stored === null ? null : recordCodec.decode(stored);

  return {
    get: () => present,
    set(record) {
      present = record;
      if (record === null) settings.remove("relay");
      else settings.set("relay", recordCodec.encode(record));
    },
  };
}
