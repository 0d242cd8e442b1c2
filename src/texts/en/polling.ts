/** Texts about how the messages and calls of each number reach the app. */
export const POLLING_EN = {
  /** `seconds`: the time between two reads of Twilio's list. */
  every: (seconds: number) => (seconds < 60 ? `every ${seconds} seconds` : `every ${seconds / 60} minutes`),
  /** The page shows this after “Incoming messages” if the app reads the number's messages from Twilio's list. */
  messages: (every: string) => `are read from Twilio's list ${every}`,
  /**
   * The page shows this if webhooks bring the messages, and the app reads Twilio's list only in case that a webhook is
   * lost.
   */
  safetyNet: (every: string) =>
    `If a webhook is lost, the app finds the message in Twilio's list, which it reads ${every}.`,
  /** In which way webhooks bring the messages. */
  by: { us: "By your own address.", relay: "By the webhook relay." },
  /** The page shows this if the app has a public address, but the number's webhooks do not go to it. */
  setUpNumber:
    "Calls cannot be read from a list. To receive calls, and messages without delay, set up this number.",
  /** The page shows this if the app has no public address. */
  setUpAddress:
    "Calls cannot be read from a list. To receive calls, and messages without delay, set up the relay (see Status above). Or give the app a public address (public_url) and set up this number.",
  starting: "The app is reading Twilio's list of messages for the first time.",
  away: "Twilio does not respond. The app tries again.",
  refused:
    "These credentials are not allowed to list messages, so messages arrive only by webhook. Use a Standard API key or the Auth Token.",
  /** Why the app does not read the messages of a number. */
  reasons: {
    declined: "Its messages are not read, because you have switched this off.",
    several:
      "Several numbers of this account have no receiver for messages, so the app does not choose one by itself. Choose the numbers that belong to your home.",
    other_relay:
      "Another installation of this app uses this account, so this number may belong to it. Choose it if it belongs to your home.",
    others:
      "Its messages go to another address. If you choose the number, the app reads them as well and changes nothing there.",
    unknown: "It is not known who receives its messages. Choose it if it belongs to your home.",
    sender: "Messages to this sender are read only if you choose it.",
  },
  start: "Read its messages",
  stop: "Stop reading its messages",
  senders: "Senders of WhatsApp and RCS",
  activity: {
    name: "Messages read from Twilio's list",
    none: "For no number",
    lastRead: "last",
  },
  coreEntry: {
    name: "Home Assistant's own Twilio integration",
    enabled: "Still set up",
    note: "While a number at Twilio has a webhook URL of that integration (…/api/webhook/… or hooks.nabu.casa), its messages and calls go there. They are not verified, and do not reach this app. Once the number is set up here, disable the integration: Settings → Devices & services → Twilio → ⋮ → Disable. A disabled integration keeps its address, so that you can go back. A deleted one loses it.",
  },
};

/** The type of the texts about polling, and about Home Assistant's own Twilio integration. */
export type PollingTexts = typeof POLLING_EN;
