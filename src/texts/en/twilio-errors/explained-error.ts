/** Twilio's error code, what it means for the user, and what the user can do. Both are one or two sentences. */
export type ExplainedError = readonly [code: number, meaning: string, remedy: string];

/**
 * Meaning and solution of these errors in another language, by Twilio's code. If one is missing, it does not compile.
 */
export type TranslatedErrors<Errors extends readonly ExplainedError[]> = Readonly<
  Record<Errors[number][0], string>
>;
