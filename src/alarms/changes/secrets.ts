import type { Chance } from "../../domain/chance.ts";
import type { AlarmPerson } from "../alarm.ts";

const CODES = 1_000_000;
/**
 * The greatest multiple of `CODES` that four random bytes can hold. If the app also used greater values, some codes
 * would be more likely than others.
 */
const FAIR = Math.floor(2 ** 32 / CODES) * CODES;

/** Makes a random code of six digits, and a random token for the button in a push. Nobody can guess the token. */
export function newSecrets(chance: Pick<Chance, "bytes">): Pick<AlarmPerson, "code" | "pushToken"> {
  return { code: newCode(chance), pushToken: chance.bytes(16).toString("hex") };
}

function newCode(chance: Pick<Chance, "bytes">): string {
  for (;;) {
    const value = chance.bytes(4).readUInt32BE();
    if (value < FAIR) return String(value % CODES).padStart(6, "0");
  }
}
