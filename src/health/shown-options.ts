/** What diagnostics tell of the options: which are set, and only harmless values. */
export type ShownOptions = Readonly<Record<string, string | number | boolean | null>>;
