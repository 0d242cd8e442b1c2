/** The options in diagnostics: which are set, and the values of those that are not secret. */
export type ShownOptions = Readonly<Record<string, string | number | boolean | null>>;
