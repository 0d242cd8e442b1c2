import { withheldNumberProblem } from "../../domain/address/withheld-number.ts";
import { emergencyNumberProblem } from "./emergency-number-problem.ts";
import { parsePhoneNumber } from "./parse-phone-number.ts";
import type { ParsePhoneNumberContext } from "./parse-phone-number.ts";

/** `reason` has no full stop. */
export type ResolvedNumber =
  | { readonly ok: true; readonly number: string }
  /** `isForbidden`: an emergency number or a withheld caller, to which nothing is ever sent. */
  | { readonly ok: false; readonly reason: string; readonly isForbidden: boolean };

/** Reads a number as `parsePhoneNumber` does, but refuses emergency numbers and withheld callers. */
export function resolveNumber(text: string, context: ParsePhoneNumberContext): ResolvedNumber {
  const withheld = withheldNumberProblem(text.replace(/[^+\d]/g, "").replace(/^00/, "+"));
  // The same digits as a text, such as (737) 874-2833, are an ordinary number in some countries.
  const isReported = /^(\+|00)/.test(text) || context.isInteger === true;
  if (withheld !== null && isReported) return forbidden(withheld);
  const read = parsePhoneNumber(text, context);
  const emergency =
    emergencyNumberProblem(text, context.country) ??
    (read.ok ? emergencyNumberProblem(read.number, context.country) : null);
  if (emergency !== null) return forbidden(emergency);
  if (read.ok) return read;
  return withheld === null ? { ...read, isForbidden: false } : forbidden(withheld);
}

function forbidden(reason: string): ResolvedNumber {
  return { ok: false, reason, isForbidden: true };
}
