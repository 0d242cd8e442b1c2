import type { Chance } from "../../domain/chance.ts";
import type { AlarmPerson } from "../alarm.ts";

const CODES = 1_000_000;
/** The greatest multiple of `CODES` that four bytes hold. Greater values would make some codes likelier. */
const FAIR = Math.floor(2 ** 32 / CODES) * CODES;

/** Makes a code of six digits, and an unguessable token for a push. */
export function newSecrets(chance: Pick<Chance, "bytes">): Pick<AlarmPerson, "code" | "pushToken"> {
  return { code: newCode(chance), pushToken: chance.bytes(16).toString("hex") };
}

function newCode(chance: Pick<Chance, "bytes">): string {
  for (;;) {
    const value = chance.bytes(4).readUInt32BE();
    if (value < FAIR) return String(value % CODES).padStart(6, "0");
  }
}
