/** The texts about options that are not valid. */
export const OPTIONS_EN = {
  /** The name of the line in the checklist. */
  name: "Options of the app",
  /** `count` sentences follow. */
  problems: (count: number) => `${count} ${count === 1 ? "problem" : "problems"}`,
  /** A sentence about a faulty option, which is English in the log, in this language. */
  problem: (sentence: string) => sentence,
  /** Stands after the sentences. */
  restart: "Then restart the app.",
  open: "Open the app's configuration",
  /** Shown without Supervisor, in place of the link. */
  file: "Correct the options file.",
  /** Shown if public_url was entered and refused, in place of the request to enter it. */
  addressRefused: "The option public_url is not used",
  addressRefusedNote:
    "What was entered is not a valid public address. The reason is above, under “Options of the app”.",
  numberNeedsAddress:
    "The app does not know its public address yet. What was entered as public_url is not valid: the page Setup shows the reason.",
};

export type OptionsTexts = typeof OPTIONS_EN;
