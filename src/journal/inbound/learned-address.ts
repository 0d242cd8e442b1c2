import * as z from "zod";

import type { ProvisionalAddress } from "../../inbound/address-evidence.ts";
import type { AddressMemory } from "../../inbound/ports.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";
import type { SettingsTable } from "../settings-table.ts";

/** A value of a form that this version does not know is forgotten: the address is learnt again. */
const provisionalCodec = jsonCodec<ProvisionalAddress | null>(
  "facts.provisional_origin",
  z
    .object({ base: z.string(), messageSids: z.array(z.string()) } satisfies FieldsOf<ProvisionalAddress>)
    .nullable()
    .catch(null),
);

/** What the app has learnt about its public address, over restarts. */
export function createLearnedAddress(settings: SettingsTable): AddressMemory {
  return {
    learnt: () => settings.get("public_origin"),
    saveLearnt(base) {
      if (base === null) settings.remove("public_origin");
      else settings.set("public_origin", base);
    },
    provisional() {
      const kept = settings.get("provisional_origin");
      return kept === null ? null : provisionalCodec.decode(kept);
    },
    saveProvisional(address) {
      if (address === null) settings.remove("provisional_origin");
      else settings.set("provisional_origin", provisionalCodec.encode(address));
    },
  };
}
