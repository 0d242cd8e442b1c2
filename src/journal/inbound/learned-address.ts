import * as z from "zod";

import type { ProvisionalAddress } from "../../inbound/address-evidence.ts";
import type { AddressMemory } from "../../inbound/ports.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";
import type { SettingsTable } from "../settings-table.ts";

/**
 * Reads and writes the stored provisional public address: a URL at which Twilio reached the app, not confirmed yet.
 * JSON that this version does not understand counts as null, and the app learns the URL again.
 */
const provisionalCodec = jsonCodec<ProvisionalAddress | null>(
  "facts.provisional_origin",
  z
    .object({ base: z.string(), messageSids: z.array(z.string()) } satisfies FieldsOf<ProvisionalAddress>)
    .nullable()
    .catch(null),
);

/** Stores the learnt and the provisional public address of the app, so that it knows them after a restart. */
export function createLearnedAddress(settings: SettingsTable): AddressMemory {
  return {
    learnt: () => settings.get("public_origin"),
    saveLearnt(base) {
      if (base === null) settings.remove("public_origin");
      else settings.set("public_origin", base);
    },
    provisional() {
      const stored = settings.get("provisional_origin");
      return stored === null ? null : provisionalCodec.decode(stored);
    },
    saveProvisional(address) {
      if (address === null) settings.remove("provisional_origin");
      else settings.set("provisional_origin", provisionalCodec.encode(address));
    },
  };
}
