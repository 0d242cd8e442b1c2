/** The texts about downloading a conversation or the history as a file. */
export const EXPORT_EN = {
  conversation: "Download this conversation as text",
  history: "Download the history as CSV",
  note: "Only administrators of Home Assistant can download the history. It contains names, numbers and texts.",
  onlyAdministrators: "Only administrators of Home Assistant can download this file.",
  unknownUser:
    "Home Assistant did not say who you are, so this file cannot be downloaded. Reload Home Assistant and try again.",
  away: "Home Assistant does not respond, so the app cannot check whether you are an administrator. Try again later.",
};

export type ExportTexts = typeof EXPORT_EN;
