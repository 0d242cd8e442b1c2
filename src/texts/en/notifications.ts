/** The texts of notifications in Home Assistant. `times` in them are already written in Home Assistant's language. */
export const NOTIFICATIONS_EN = {
  /**
   * Names the place where the user corrects options, in a sentence after “in”. `path`: the page of the app's
   * configuration; null without Supervisor.
   */
  configuration: (path: string | null) =>
    path === null ? "the options file" : `[the app's configuration](${path})`,
  credentials: {
    title: "Twilio: the credentials are refused",
    message: (configuration: string) =>
      `Twilio refuses the app's credentials (error 20003), so no message can be sent and no call can be made. Check account_sid and auth_token in ${configuration}, or api_key_sid and api_key_secret if you use an API key. Perhaps the Auth Token was replaced, the API key was deleted or restricted, or the account was suspended.`,
  },
  options: {
    title: "Twilio: the app's options need a correction",
    correct: (configuration: string) => `Correct these options in ${configuration}, then restart the app.`,
    cannotStartTitle: "Twilio: the app cannot start",
    correctToStart: (configuration: string) => `Correct this in ${configuration}, then start the app.`,
  },
  signatures: {
    title: "Twilio: webhooks are refused",
    /**
     * `option`: the name of the option with the key that signs webhooks. `expected`: the sentence `addressUnknown` or
     * `addressKnown`.
     */
    message: (option: string, configuration: string, expected: string) =>
      `Several webhooks for your account were refused because their signature is wrong, so calls and messages do not reach Home Assistant. There are two likely causes. First, ${option} in ${configuration} may be wrong: it may belong to another account, or it was replaced at Twilio. While Twilio replaces it, also enter the old token as auth_token_previous. Second, the address in the Twilio Console may differ from the address that the app expects. ${expected}`,
    addressUnknown:
      "The app does not know its address yet, so it uses the Host header of each webhook. A proxy may change this header or remove the port from it. Enter public_url, or let the proxy pass Host unchanged (in NGINX: proxy_set_header Host $http_host).",
    addressKnown: (address: string) =>
      `The app expects ${address}/webhook, because public_url is ${address} or the app has detected that address. If the app has detected a wrong address, press “Forget this address” on the app's page or enter public_url.`,
  },
  unreachable: {
    title: "Twilio: the app cannot be reached",
    message: (url: string, time: string, reason: string, configuration: string) =>
      `Twilio could not deliver a webhook to ${url}, last on ${time}. ${reason} Until this is solved, calls and messages do not reach Home Assistant. If the app now has another address, correct public_url in ${configuration}. If the app was only stopped at that time, you do not need to do anything. The next webhook that arrives removes this notification.`,
  },
  relayBusy: {
    title: "Twilio: the webhook relay is busier than usual",
    message: (count: number) =>
      `Today, the webhook relay has passed on more than ${count} requests, and Twilio charges for each request. Look at the app's Activity page. Perhaps an automation makes calls, sends messages or keeps calls open again and again. The option relay: per_day sets when this notification appears.`,
  },
  failed: {
    title: {
      send_message: (origin: string) => `Twilio: a message of ${origin} failed`,
      make_call: (origin: string) => `Twilio: a call of ${origin} failed`,
    },
    unknownTitle: {
      send_message: (origin: string) => `Twilio: it is not known whether a message of ${origin} was sent`,
      make_call: (origin: string) => `Twilio: it is not known whether a call of ${origin} was made`,
    },
    count: (failed: number, all: number) => `Not successful for ${failed} of ${all} recipients:`,
    unknownCount: (failed: number, all: number) =>
      `The result is not known for ${failed} of ${all} recipients:`,
    whatTwilioSays: "What Twilio says",
  },
  account: {
    title: "Twilio: what your account cannot do yet",
    intro: "Some messages or calls of this account will fail:",
    trial:
      "This is a trial account. It sends and speaks only Twilio's sample texts. It reaches only numbers that you have verified at Twilio (errors 21608 and 21219). The trial ends after 30 days. Upgrade the account in the Twilio Console.",
    /** `hasBrand`: whether the account has registered a brand for A2P 10DLC. */
    unregistered: (number: string, hasBrand: boolean) =>
      `${number} is in no approved A2P 10DLC campaign, so US networks block its messages (error 30034). ${hasBrand ? "Add it to the Messaging Service of an approved campaign" : "Register a brand and a campaign under Trust Hub, Registrations"} in the Twilio Console, or send from a verified toll-free number.`,
    tollFree: {
      unrequested: (number: string) =>
        `${number} is a toll-free number that is not verified, so its messages to the US and Canada are blocked (error 30032). Apply for its verification in the Twilio Console.`,
      rejected: (number: string) =>
        `${number} is a toll-free number whose verification Twilio rejected, so its messages to the US and Canada are blocked (error 30032). The Twilio Console shows the reason.`,
      pending: (number: string) =>
        `${number} is a toll-free number whose verification is not finished. Until it is approved, its messages to the US and Canada are blocked (error 30032).`,
    },
    /** Warns that Twilio does not allow the account to call a country. `country`: its name in this language. */
    notEnabled: (country: string) =>
      `Calls to ${country}, the country of one of your contacts, are not enabled (error 21215). To call this country, enable it in the voice geographic permissions in the Twilio Console.`,
  },
  /** Texts about the app's scripts. `names`: the scripts; `isOne`: whether there is only one. */
  scripts: {
    title: "Twilio: scripts need attention",
    unreadable: (names: string) =>
      `The app cannot add ${names} to Home Assistant. Home Assistant answers with HTTP 500, which means that scripts.yaml contains \`!secret\` or a mistake. You can move the script with \`!secret\` into another file, such as a package, and restart the app. Or add the YAML of the app's notification to scripts.yaml yourself and reload the scripts (Settings, Tools, YAML).`,
    unloaded: (names: string, isOne: boolean) => {
      const [are, them] = isOne ? ["is", "it"] : ["are", "them"];
      return `${names} ${are} in scripts.yaml, but Home Assistant does not load ${them}. Add the line \`script: !include scripts.yaml\` to configuration.yaml and restart Home Assistant. If your scripts are in another file, add the YAML of the app's notification there. If you have disabled ${them}, enable ${them} again.`;
    },
    refused: (names: string, reason: string) =>
      `Home Assistant refused ${names}: ${reason}. Update Home Assistant and the app, because their versions may not work together. If the app's access token does not belong to an administrator, create a token of an administrator. Or add the YAML of the app's notification to scripts.yaml yourself.`,
    foreign: (names: string, isOne: boolean) => {
      const [were, them] = isOne ? ["was", "it"] : ["were", "them"];
      return `${names} ${were} not created by the app, so the app does not change ${them}. Automations that call ${them} use your version. To get the app's version, rename or delete ${them} and restart the app.`;
    },
    /** `newer`: the version of the app's script. `own`: the version on which the edited script is based. */
    edited: (names: string, isOne: boolean, newer: number, own: number) => {
      const [were, them] = isOne ? ["was", "it"] : ["were", "them"];
      return `${names} ${were} edited, so the app does not update ${them}. The app has version ${newer}, and yours is based on version ${own}. To get the newer version, write down your changes, delete ${them} and restart the app.`;
    },
    and: "and",
  },
  limit: {
    title: "Twilio: the daily limit is reached",
  },
  nothingSent: {
    title: (origin: string) => `Twilio: ${origin} sent nothing`,
    message: (origin: string, reason: string) =>
      `An automation used ${origin}, but nothing was sent: ${reason}`,
  },
  actionsMissing: {
    title: "Twilio: notify actions are missing",
    why: (names: string) =>
      `Home Assistant has no action ${names}, so every automation that uses it fails and nothing is sent.`,
    add: "1. Add this to configuration.yaml. If there already is a `notify:`, add only the lines below it:",
    restart: "2. Restart Home Assistant.",
    then: "These groups have no members. They create the actions, and the app sends the messages. If you do not need a notifier any more, delete this notifier in the app's options.",
  },
  paused: {
    title: "Twilio: notifiers paused",
    why: (names: string, platforms: string) =>
      `${names}: paused, because Home Assistant's own ${platforms} is still loaded and would send each message a second time.`,
    replace: (platforms: string) =>
      `1. In configuration.yaml, delete each entry below \`notify:\` with ${platforms}, and add this instead:`,
    restart: "2. Restart Home Assistant.",
    then: "These groups have no members. They only make sure that the actions still exist for your automations, and the app sends the messages. Keep your other entries below `notify:`. The key `notify:` may occur only once in the file. If Home Assistant's own notifier has another name, set the option `beside_core` of this notifier to true instead.",
    and: "and",
  },
  unreadable: {
    title: "Twilio: a request could not be read",
    message: (time: string) =>
      `Home Assistant could not pass on a request of an automation to the app at ${time}, so nothing was sent. The request contained a number with more than 64 bits, or another value that JSON does not support. Find the automation that ran at that time. In this automation, write such a number as a part of a longer text: \`No. {{ number }}\`.`,
  },
  journal: {
    lostTitle: "Twilio: the journal was lost",
    copyTitle: "Twilio: the journal comes from a backup",
    missing: "The app's database (journal) was missing.",
    damaged: (file: string) =>
      `The app's database (journal) was damaged, so it was moved to ${file}. A damaged database often means a failing SD card.`,
    lost: "The app has created a new journal. Messages, calls and events that were waiting in the old journal are lost.",
    copied: (time: string) =>
      `The app has replaced the journal with the backup copy of ${time}. The app does not send messages and calls that were waiting in this copy, because they may have been sent already. It fetches messages and calls that came in since then from Twilio, and marks them as possible repeats.`,
    effects:
      "For ten minutes, the app checks at Twilio before each message and call whether it was already sent. Messages and calls may therefore take a little longer.",
  },
};

export type NotificationTexts = typeof NOTIFICATIONS_EN;
