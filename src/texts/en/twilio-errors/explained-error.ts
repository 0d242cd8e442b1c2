/** Twilio's code, its meaning for a user, and the solution, in one or two sentences each. */
export type ExplainedError = readonly [code: number, meaning: string, remedy: string];

/** The meaning and the solution of each of these errors, by code, in another language. */
export type TranslatedErrors<Errors extends readonly ExplainedError[]> = Readonly<
  Record<Errors[number][0], string>
>;
