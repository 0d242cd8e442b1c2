/**
 * The options as diagnostics show them: the values that are not secret, and for secret ones only whether they are set.
 */
export type ShownOptions = Readonly<Record<string, string | number | boolean | null>>;
