/** How messages and calls reach the app, number by number. */
export const POLLING_EN = {
  /** `seconds`: from one read to the next. */
  every: (seconds: number) => (seconds < 60 ? `every ${seconds} seconds` : `every ${seconds / 60} minutes`),
  /** In place of where messages go, when the app reads them from Twilio's list. */
  messages: (every: string) => `are read from Twilio's list ${every}`,
  /** Twilio brings them by webhook as well. */
  safetyNet: (every: string) =>
    `By your own address. If a webhook is lost, the app reads the message from Twilio's list, which it does ${every}.`,
  byAddress: "By your own address.",
  /** The next better way. */
  better:
    "Calls cannot be read from a list. To receive calls, and messages without delay, set up the relay (see Status above). Or give the app a public address (public_url) and set up this number.",
  starting: "The app is asking Twilio for the first time.",
  away: "Twilio does not tell the messages at present; the app tries again.",
  refused:
    "Twilio does not let these credentials list messages, so they arrive by webhook only. A standard API key or the auth token may list them.",
  /** Why the messages of a number are not read. */
  reasons: {
    declined: "Its messages are not read, because you chose so.",
    several:
      "Several numbers of this account are free, so the app reads none of them by itself. Choose the ones that belong to this house.",
    other_relay:
      "Another installation of this app uses this account, so this number may belong to it. Choose it if it belongs to this house.",
    others:
      "Its messages go somewhere else. If you choose it, the app reads them as well and changes nothing there.",
    unknown: "Twilio does not say who receives its messages. Choose it if it belongs to this house.",
    sender: "Messages to this sender are read only if you choose it.",
  },
  start: "Read its messages",
  stop: "Stop reading its messages",
  senders: "Senders of WhatsApp and RCS",
  activity: {
    name: "Messages read from Twilio's list",
    none: "Of no number",
    lastRead: "last",
  },
  coreEntry: {
    name: "Home Assistant's own Twilio integration",
    enabled: "Still set up",
    note: "While one of its addresses (…/api/webhook/… or hooks.nabu.casa) stands at a number, what comes to the number goes there, unverified, and not to this app. Once the number is set up here, disable the integration: Settings → Devices & services → Twilio → ⋮ → Disable. Disabled, it keeps its address for the way back; deleted, it loses it.",
  },
};

/** The texts about polling, and about the integration that it replaces. */
export type PollingTexts = typeof POLLING_EN;
