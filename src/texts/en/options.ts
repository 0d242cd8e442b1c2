/** The texts about options that are not valid. */
export const OPTIONS_EN = {
  /** The name of the line about options in the checklist of the page Setup. */
  name: "Options of the app",
  /** The page shows this before `count` sentences about faulty options. */
  problems: (count: number) => `${count} ${count === 1 ? "problem" : "problems"}`,
  /** Translates a sentence about a faulty option into this language. In the log, such sentences are English. */
  problem: (sentence: string) => sentence,
  /** The page shows this after the sentences about faulty options. */
  restart: "Then restart the app.",
  open: "Open the app's configuration",
  /** The page shows this without Supervisor, because there is no page of options to link to. */
  file: "Correct the options file.",
  /** The page shows this if the user has entered public_url, but the app cannot use its value. */
  addressRefused: "The option public_url is not used",
  addressRefusedNote:
    "The value that you entered is not a valid public address. The reason is above, under “Options of the app”.",
  numberNeedsAddress:
    "The app does not know its public address yet. The value of public_url is not valid. The page Setup shows the reason.",
};

export type OptionsTexts = typeof OPTIONS_EN;
