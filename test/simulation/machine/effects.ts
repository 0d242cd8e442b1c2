/** Actions of the app that others can notice. The simulation can crash the app at each of them. */
export const EFFECTS = [
  "commits",
  "has committed",
  "listens",
  "asks Twilio to send",
  "asks Twilio to change a call",
  "answers the relay",
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

/**
 * Pairs of an effect and a later one. Between them, the app has data that its disk or its neighbours do not have yet.
 */
export const CONSEQUENCES: readonly (readonly [Effect, Effect])[] = [
  ["hears a webhook", "commits"],
  ["hears a webhook", "has committed"],
  ["hears a webhook", "answers a webhook"],
  ["answers a webhook", "commits"],
  ["hears a frame", "answers the relay"],
  ["has committed", "answers the relay"],
  ["hears a frame", "commits"],
  ["hears a frame", "has committed"],
  ["has committed", "asks Twilio to send"],
  ["asks Twilio to send", "commits"],
  ["asks Twilio to send", "hears an answer"],
  ["hears an answer", "commits"],
  ["has committed", "sends a frame"],
  ["sends a frame", "commits"],
  ["sends a frame", "hears a frame"],
  ["a wait ends", "commits"],
  ["connects", "sends a frame"],
  ["listens", "hears a webhook"],
];

export type Effect = (typeof EFFECTS)[number];
