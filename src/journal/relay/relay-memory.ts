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
  begunHouseUrls: z.array(z.string()).default([]),
} satisfies FieldsOf<DeployedRelay>);

/**
 * Reads and writes the stored state of the webhook relay. JSON that this version does not understand counts as no
 * relay, so that the user can set up the relay again.
 */
const recordCodec = jsonCodec<RelayRecord | null>(
  "facts.relay",
  z
    .object({
      key: z.string(),
      webhookId: z.string(),
      name: z.string().nullable().default(null),
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
