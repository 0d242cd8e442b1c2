import type * as z from "zod";

import { isObject } from "../domain/payload/is-object.ts";

/** A faulty field of an option, or a fault of the option as a whole if `path` is empty. */
export interface FieldIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export type ParsedFields<Output> =
  | {
      readonly ok: true;
      readonly data: Output;
      /** The faults of the fields that were left out. */
      readonly issues: readonly FieldIssue[];
    }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };

/**
 * Parses an option that has fields. Faulty fields are left out, so that one fault does not remove what the user entered
 * in the other fields. The result is not ok if the value without them is faulty as well, for example because a required
 * field is missing.
 */
export function parseFields<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): ParsedFields<z.output<Schema>> {
  const found = schema.safeParse(value);
  if (found.success) return { ok: true, data: found.data, issues: [] };
  const { issues } = found.error;
  if (!isObject(value)) return { ok: false, issues };
  const faulty = new Set(issues.map(({ path }) => path[0]));
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !faulty.has(name)));
  if (Object.keys(rest).length === Object.keys(value).length) return { ok: false, issues };
  const parsed = parseFields(schema, rest);
  return parsed.ok ? { ...parsed, issues: [...issues, ...parsed.issues] } : { ok: false, issues };
}
