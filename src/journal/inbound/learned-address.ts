import * as z from "zod";

import type { ProvisionalAddress } from "../../inbound/address-proof.ts";
import type { SettingsTable } from "../settings-table.ts";

const provisionalAddress = z.object({ base: z.string(), messageSids: z.array(z.string()) });

/** What the app has learnt about its public address, over restarts. */
export function createLearnedAddress(facts: SettingsTable) {
  return {
    learnt: (): string | null => facts.get("public_origin"),
    saveLearnt(base: string | null): void {
      if (base === null) facts.remove("public_origin");
      else facts.set("public_origin", base);
    },
    provisional(): ProvisionalAddress | null {
      const kept = facts.get("provisional_origin");
      const parsed = kept === null ? null : provisionalAddress.safeParse(parsedJson(kept));
      return parsed?.success === true ? parsed.data : null;
    },
    saveProvisional(address: ProvisionalAddress | null): void {
      if (address === null) facts.remove("provisional_origin");
      else facts.set("provisional_origin", JSON.stringify(address));
    },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
