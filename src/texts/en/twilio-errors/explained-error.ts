/**
 * An error of Twilio: its code, its meaning for the user, and what the user can do. `meaning` and `remedy` have one to
 * three sentences each.
 */
export type ExplainedError = readonly [code: number, meaning: string, remedy: string];

/**
 * The meaning and solution of each of the `Errors` in another language, by Twilio's code. A translation without one of
 * the errors does not compile.
 */
export type TranslatedErrors<Errors extends readonly ExplainedError[]> = Readonly<
  Record<Errors[number][0], string>
>;
