/** Texts about how the messages and calls of each number reach the app. */
export const POLLING_EN = {
  /** `seconds`: the time between two reads of Twilio's list. */
  every: (seconds: number) => (seconds < 60 ? `every ${seconds} seconds` : `every ${seconds / 60} minutes`),
  /** The page shows this after “Incoming messages” if the app reads the number's messages from Twilio's list. */
  messages: (every: string) => `are read from Twilio's list ${every}`,
  /**
   * The page shows this if webhooks bring the messages. In this case, the app reads Twilio's list only to find messages
   * whose webhooks were lost.
   */
  safetyNet: (every: string) =>
    `If a webhook is lost, the app still finds the message, because it reads Twilio's list ${every}.`,
  /** In which way webhooks bring the messages. */
  by: { us: "Through your own address.", relay: "Through the webhook relay." },
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
    declined: "The app does not read this number's messages, because you have switched this off.",
    several:
      "Several numbers of this account have no address for incoming messages, so the app does not choose one by itself. Press “Read its messages” for each number that belongs to your home.",
    other_relay:
      "Another installation of this app uses this account, so this number may belong to that installation. If the number belongs to your home, press “Read its messages”.",
    others:
      "The messages of this number go to another address. If you press “Read its messages”, the app reads them as well. The settings at Twilio stay the same.",
    unknown:
      "The app does not know who receives this number's messages. If the number belongs to your home, press “Read its messages”.",
    sender: "The app reads the messages to this sender only if you press “Read its messages”.",
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
    note: "While a number at Twilio has a webhook URL of that integration (…/api/webhook/… or hooks.nabu.casa), its messages and calls go there. They are not verified, and do not reach this app. After you have set up the number here, disable the integration: Settings → Devices & services → Twilio → ⋮ → Disable. A disabled integration keeps its address, so you can enable it again. A deleted integration loses its address.",
  },
};

/** The type of the texts about polling, and about Home Assistant's own Twilio integration. */
export type PollingTexts = typeof POLLING_EN;
