/** What the examples to take along are made of, beside the journal. */
export interface PasteParts {
  readonly paste: {
    /** Names of the user's contacts. */
    readonly contacts: readonly string[];
    readonly notifiers: readonly { readonly name: string; readonly type: "sms" | "call" }[];
  };
}
