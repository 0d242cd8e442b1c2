/**
 * The options as diagnostics show them. Of a private value, diagnostics show only its kind, its number of entries, or
 * whether it is set.
 */
export type ShownOptions = Readonly<Record<string, string | number | boolean | null>>;
