import { parseOptions } from "../../src/options/parse-options.ts";

export const SID = `AC${"0".repeat(32)}`;
export const TOKEN = "f".repeat(32);
export const CREDENTIALS = { account_sid: SID, auth_token: TOKEN };

/** Parses options together with valid credentials. */
export function parsed(raw: Record<string, unknown>) {
  const result = parseOptions({ ...CREDENTIALS, ...raw });
  if (!result.ok) throw new Error(result.faults.join("\n"));
  return result;
}
