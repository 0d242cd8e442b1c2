import { withheldNumberProblem } from "../../domain/address/withheld-number.ts";
import { emergencyNumberProblem } from "./emergency-number-problem.ts";
import { parsePhoneNumber } from "./parse-phone-number.ts";
import type { ParsePhoneNumberContext } from "./parse-phone-number.ts";

/** The number, or why the app cannot use the text as a number. `reason` has no full stop. */
export type ResolvedNumber =
  | { readonly ok: true; readonly number: string }
  /** `isForbidden`: it is an emergency number or a withheld caller, and the app never sends to these. */
  | { readonly ok: false; readonly reason: string; readonly isForbidden: boolean };

/** Reads a number as `parsePhoneNumber` does, and refuses emergency numbers and withheld callers. */
export function resolveNumber(text: string, context: ParsePhoneNumberContext): ResolvedNumber {
  const withheld = withheldNumberProblem(text.replace(/[^+\d]/g, "").replace(/^00/, "+"));
  // Twilio reports a withheld caller with digits such as +7378742833. Without `+`, (737) 874-2833 may be an ordinary
  // number.
  const isReported = /^(\+|00)/.test(text) || context.isInteger === true;
  if (withheld !== null && isReported) return forbidden(withheld);
  const read = parsePhoneNumber(text, context);
  const emergency =
    emergencyNumberProblem(text, context.country) ??
    (read.ok && read.number !== text ? emergencyNumberProblem(read.number, context.country) : null);
  if (emergency !== null) return forbidden(emergency);
  if (read.ok) return read;
  return withheld === null ? { ...read, isForbidden: false } : forbidden(withheld);
}

function forbidden(reason: string): ResolvedNumber {
  return { ok: false, reason, isForbidden: true };
}
