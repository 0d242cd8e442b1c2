/** What others can notice of the app: each is a place to crash. */
export const EFFECTS = [
  "commits",
  "has committed",
  "listens",
  "asks Twilio to send",
  "asks Twilio to change a call",
  "reads at Twilio",
  "asks elsewhere",
  "hears an answer",
  "hears a webhook",
  "answers a webhook",
  "connects",
  "sends a frame",
  "hears a frame",
  "a wait ends",
] as const;

export type Effect = (typeof EFFECTS)[number];
