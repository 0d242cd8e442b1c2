/** Twilio's code, what it means for a home, and what to do: a sentence or two each. */
export type ExplainedError = readonly [code: number, meaning: string, remedy: string];
