import { ACTIVITY_EN } from "./activity.ts";
import { ALARM_PAGES_EN } from "./alarm-pages.ts";
import { CONTACTS_EN } from "./contacts.ts";
import { CONVERSATIONS_EN } from "./conversations.ts";
import { ERRORS_EN } from "./errors.ts";
import { EXAMPLES_EN } from "./examples.ts";
import { EXPORT_EN } from "./export.ts";
import { FORMS_EN } from "./forms.ts";
import type { FormTexts } from "./forms.ts";
import { NOTIFICATIONS_EN } from "./notifications.ts";
import { OPTIONS_EN } from "./options.ts";
import { POLLING_EN } from "./polling.ts";
import { RELAY_EN } from "./relay.ts";
import { SETUP_EN } from "./setup.ts";

export const EN = {
  /** The language by BCP 47. Pages use it for the attribute `lang` and to write times. */
  language: "en",
  /**
   * Loads the translations for the forms of scripts and blueprints. Only the installation of scripts and blueprints
   * needs them.
   */
  forms: async (): Promise<FormTexts> => FORMS_EN,
  title: "Twilio",
  /** `version`: the version of this app. */
  version: (version: string) => `Version ${version}`,
  pages: {
    label: "Pages",
    overview: "Setup",
    conversations: "Conversations",
    alarms: "Alarms",
    activity: "Activity",
    examples: "Examples",
  },
  asOf: "As of",
  reload: "Reload",
  /** The page shows this after the number of characters in a text. */
  ofCharacters: (most: number) => `of at most ${most} characters`,
  copy: "Copy",
  copied: "Copied",
  /** Screen readers read these words aloud, because they cannot read the colour that shows the state. */
  states: { good: "Good:", waiting: "Waiting:", open: "Still open:", attention: "Needs attention:" },
  links: {
    console: { start: "Open the Twilio Console", buyNumber: "Buy a number in the Twilio Console" },
    scripts: "Open the scripts",
    coreTwilio: "Open this integration",
    network: "Open the network settings",
    relay: "Set up the relay",
  },
  status: {
    title: "Status",
    homeAssistant: "Home Assistant",
    connected: (version: string) => `Connected, version ${version}`,
    notConnected: "Not connected",
    notConnectedNote:
      "The app tries to connect again. Until then, it stores incoming events and delivers them later.",
    account: "Twilio account",
    address: "Public address",
    addressConfigured: "From the option public_url",
    addressLearnt:
      "Detected from webhooks with a valid Twilio signature. The option public_url takes precedence.",
    addressRelay: "From the webhook relay, a Function in your Twilio account",
    addressProvisional:
      "Provisional: Twilio signed a webhook for this address, but the app cannot reach it from inside your network. Two messages to your Twilio number confirm the address. If the address is wrong or its port is missing, enter the correct address as public_url.",
    addressUnknown: "Not known yet",
    addressUnknownNote:
      "To receive calls, set up the relay. Or make port 8080 reachable from the internet over HTTPS, and enter its address as public_url in the app's configuration.",
    lastWebhook: "Last webhook",
    validSignature: "Its Twilio signature was valid",
    noWebhook: "None yet",
    /** The page shows this before the time at which the app started. */
    sinceStart: "since the app started,",
    waiting: "Waiting",
    nothingWaits: "Nothing",
    eventsWait: (count: number) => `${count} ${count === 1 ? "event" : "events"} for Home Assistant`,
    commandsWait: (count: number) => `${count} ${count === 1 ? "request" : "requests"} for Twilio`,
  },
  /** While the app cannot start, these texts replace all pages. */
  outage: {
    title: "The app cannot start yet",
    reasons: {
      full: "The disk with the app's data is full. Free up space, for example by deleting old backups.",
      read_only:
        "The app's data folder is read-only. Make it writable. If nobody has changed it, the disk or SD card may be failing.",
      failing: "The app's data folder cannot be read or written. The disk or SD card may be failing.",
    },
    meanwhile:
      "Meanwhile, the app asks Twilio to send webhooks again later. It tries to start every few seconds. You do not need to restart it.",
  },
  restarted: {
    title: "Please try again",
    nothingChanged: "The app has restarted since your page was loaded. So nothing was sent or changed.",
    tryAgain: "Go back in your browser, wait a few seconds, and press the button again.",
  },
  setup: SETUP_EN,
  options: OPTIONS_EN,
  relay: RELAY_EN,
  polling: POLLING_EN,
  contacts: CONTACTS_EN,
  conversations: CONVERSATIONS_EN,
  activity: ACTIVITY_EN,
  alarms: ALARM_PAGES_EN,
  examples: EXAMPLES_EN,
  export: EXPORT_EN,
  errors: ERRORS_EN,
  notifications: NOTIFICATIONS_EN,
  webhook: {
    title: "Webhook address",
    howTo:
      "The button “Set up this number” enters this address at Twilio for you. To enter the address by hand, open the number in the Twilio Console. Enter this address as the webhook for incoming calls (Voice) and for incoming messages (Messaging).",
    label: "Address to enter at Twilio",
    /** The page shows this while the public address is not known. */
    whileUnknown:
      "This address is your public address followed by /webhook. If public_url is empty, the app detects the address from the first webhooks of Twilio.",
    discardAddress: "Forget this address",
    discardAddressNote:
      "If this address is wrong or has changed, press this button. The app then detects the address again from the next webhooks. You can also enter the correct address as public_url.",
  },
};

/** The type of all texts of the panel. A language that lacks one of them does not compile. */
export type PanelTexts = typeof EN;
