import { ACTIVITY_EN } from "./activity.ts";
import { CONVERSATIONS_EN } from "./conversations.ts";
import { EXAMPLES_EN } from "./examples.ts";
import { POLLING_EN } from "./polling.ts";
import { RELAY_EN } from "./relay.ts";
import { SETUP_EN } from "./setup.ts";

export const EN = {
  /** BCP 47, for `lang` and the form of times. */
  language: "en",
  title: "Twilio",
  /** `version` of this app. */
  version: (version: string) => `Version ${version}`,
  pages: {
    label: "Pages",
    overview: "Set up",
    conversations: "Conversations",
    activity: "Activity",
    examples: "Ready to paste",
  },
  asOf: "As of",
  reload: "Reload",
  /** Stands after how many characters a text has. */
  ofCharacters: (most: number) => `of at most ${most} characters`,
  copy: "Copy",
  copied: "Copied",
  /** Read aloud where others see a colour. */
  states: { good: "Good:", waiting: "Waiting:", attention: "Needs you:" },
  status: {
    title: "Status",
    homeAssistant: "Home Assistant",
    connected: (version: string) => `Connected, version ${version}`,
    notConnected: "Not connected",
    notConnectedNote: "The app goes on trying. What comes in meanwhile is kept and delivered later.",
    account: "Twilio account",
    address: "Public address",
    addressConfigured: "From the option public_url",
    addressLearnt: "Learnt from webhooks that Twilio signed; the option public_url overrides it",
    addressRelay: "Of the webhook relay, a Function in your Twilio account",
    addressProvisional:
      "Provisional: Twilio signed a webhook for this address, but the app cannot reach it from inside your network. Two messages to your number confirm it. If the address is wrong or its port is missing, enter the right one as public_url.",
    addressUnknown: "Not known yet",
    addressUnknownNote:
      "Make port 8080 reachable from the internet by HTTPS and enter that address as public_url in the app's configuration.",
    lastWebhook: "Last webhook",
    signatureSeen: "Twilio's signature was valid",
    signatureNotSeen: "None yet",
    /** Stands before the time of the start. */
    sinceStart: "since the app's start,",
    waiting: "Waiting",
    nothingWaits: "Nothing",
    eventsWait: (count: number) => `${count} ${count === 1 ? "event" : "events"} for Home Assistant`,
    commandsWait: (count: number) => `${count} ${count === 1 ? "command" : "commands"} for Twilio`,
  },
  /** In place of all pages while the app cannot start. */
  outage: {
    title: "The app cannot start yet",
    reasons: {
      full: "The disk with the app's data is full. Make some room, for example by removing old backups.",
      read_only:
        "Nothing can be written to the app's data folder. Make it writable. If nobody has changed it, the disk or SD card may be failing.",
      failing: "The app's data folder cannot be read or written. The disk or SD card may be failing.",
    },
    meanwhile:
      "Meanwhile, the app tells Twilio to send webhooks again later. It tries to start every few seconds, and starts by itself as soon as it can.",
  },
  setup: SETUP_EN,
  relay: RELAY_EN,
  polling: POLLING_EN,
  conversations: CONVERSATIONS_EN,
  activity: ACTIVITY_EN,
  examples: EXAMPLES_EN,
  webhook: {
    title: "Webhook address",
    howTo:
      "“Set up this number” enters it at Twilio for you. By hand: open the number in Twilio's console and enter this address under both “A call comes in” and “A message comes in”.",
    label: "Address to enter at Twilio",
    /** In place of the address, while it is not known. */
    whileUnknown:
      "It is your public address with /webhook after it. Without public_url the app learns the address from the webhooks that Twilio sends there.",
    forget: "Forget this address",
    forgetNote:
      "If this address is wrong or has changed, press the button: the app then learns it anew from the next webhooks. Or enter the right one as public_url.",
  },
};

/** Every text of the panel. A language is a value of this type, so that none can lack one. */
export type PanelTexts = typeof EN;
