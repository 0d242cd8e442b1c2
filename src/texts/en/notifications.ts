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
      `Twilio refuses the app's credentials (error 20003), so no message can be sent and no call can be made. Check account_sid and auth_token in ${configuration}, or api_key_sid and api_key_secret if you use an API key. The token may have been rotated, the key deleted or restricted, or the account suspended.`,
  },
  options: {
    title: "Twilio: the app's options need a correction",
    correct: (configuration: string) => `Correct them in ${configuration}, then restart the app.`,
    cannotStartTitle: "Twilio: the app cannot start",
    correctToStart: (configuration: string) => `Correct this in ${configuration}, then start the app.`,
  },
  signatures: {
    title: "Twilio: webhooks are refused",
    /** `option`: the option with the key that signs webhooks. `expected`: one of the two sentences below. */
    message: (option: string, configuration: string, expected: string) =>
      `Several webhooks for your account were refused because their signature is wrong, so calls and messages do not reach Home Assistant. There are two likely causes. First, ${option} in ${configuration} may be wrong: it belongs to another account, or it was rotated. After a rotation, auth_token_previous helps for a while. Second, the address in Twilio's console may differ from the one that the app expects. ${expected}`,
    addressUnknown:
      "The app does not know that address yet and uses the Host header instead. A proxy may change this header or remove its port. Enter public_url, or let the proxy pass Host unchanged (in NGINX: proxy_set_header Host $http_host).",
    addressKnown: (address: string) =>
      `The app expects ${address}/webhook, because public_url is ${address} or the app has detected that address. If it has detected a wrong one, press “Forget this address” on the app's page or enter public_url.`,
  },
  unreachable: {
    title: "Twilio: the app cannot be reached",
    message: (url: string, time: string, reason: string, configuration: string) =>
      `Twilio could not deliver a webhook to ${url}, last on ${time}. ${reason} Until this is solved, calls and messages do not reach Home Assistant. If this is no longer the app's address, correct public_url in ${configuration}. If the app was only stopped at that time, there is nothing to do: the next webhook that arrives removes this notification.`,
  },
  relayBusy: {
    title: "Twilio: the webhook relay is busier than usual",
    message: (count: number) =>
      `The webhook relay has brought more than ${count} requests today, and Twilio charges for each. Look at the app's Activity page: an automation may make calls, send messages or keep calls open in a loop. The option relay: per_day sets when this notification appears.`,
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
    count: (failed: number, all: number) => `${failed} of ${all} could not be reached:`,
    unknownCount: (failed: number, all: number) => `For ${failed} of ${all}, the outcome is not known:`,
    whatTwilioSays: "What Twilio says",
  },
  account: {
    title: "Twilio: what your account cannot do yet",
    intro: "Some messages or calls of this account will fail:",
    trial:
      "This is a trial account, which only reaches numbers that you have verified (errors 21608 and 21219). Twilio may add a sentence of its own to texts and calls, and the trial ends after a while. Upgrade the account in Twilio's console.",
    /** `hasBrand`: whether the account has registered a brand for A2P 10DLC. */
    unregistered: (number: string, hasBrand: boolean) =>
      `${number} is in no approved A2P 10DLC campaign, so US networks block its messages (error 30034). ${hasBrand ? "Add it to the Messaging Service of an approved campaign" : "Register a brand and a campaign under Trust Hub, Registrations"} in Twilio's console, or send from a verified toll-free number.`,
    tollFree: {
      unrequested: (number: string) =>
        `${number} is a toll-free number that is not verified, so its messages to the US and Canada are blocked (error 30032). Have it verified in Twilio's console.`,
      rejected: (number: string) =>
        `${number} is a toll-free number whose verification Twilio rejected, so its messages to the US and Canada are blocked (error 30032). Twilio's console shows the reason.`,
      pending: (number: string) =>
        `${number} is a toll-free number whose verification is not finished. Until it is approved, its messages to the US and Canada are blocked (error 30032).`,
    },
    /** `country`: the name of the country in this language. */
    notEnabled: (country: string) =>
      `Calls to ${country}, the country of one of your contacts, are not enabled (error 21215). To call there, enable the country in the voice geographic permissions of Twilio's console.`,
  },
  /** Texts about the app's scripts. `names`: the scripts; `isOne`: whether there is only one. */
  scripts: {
    title: "Twilio: scripts need attention",
    unreadable: (names: string) =>
      `${names} cannot be added to Home Assistant. It answers HTTP 500, which means that scripts.yaml contains \`!secret\` or a mistake. Either move the script with the secret into another file, such as a package, and restart the app. Or add the YAML of the app's notification to scripts.yaml yourself and reload the scripts (Settings, Tools, YAML).`,
    unloaded: (names: string, isOne: boolean) => {
      const [are, them] = isOne ? ["is", "it"] : ["are", "them"];
      return `${names} ${are} in scripts.yaml, but Home Assistant does not load ${them}. Add the line \`script: !include scripts.yaml\` to configuration.yaml and restart Home Assistant. If your scripts are in another file, add the YAML of the app's notification there. If you have disabled ${them}, enable ${them} again.`;
    },
    refused: (names: string, reason: string) =>
      `Home Assistant refused ${names}: ${reason}. Update Home Assistant and the app, because their versions may not fit. If the access token does not belong to an administrator, create one that does. Or add the YAML of the app's notification to scripts.yaml yourself.`,
    foreign: (names: string, isOne: boolean) => {
      const [were, them] = isOne ? ["was", "it"] : ["were", "them"];
      return `${names} ${were} not created by the app, so the app does not change ${them}. Automations that call ${them} use your version. To get the app's version, rename or delete ${them} and restart the app.`;
    },
    /** `newer`: the version of the app's script. `own`: the version on which the edited script is based. */
    edited: (names: string, isOne: boolean, newer: number, own: number) => {
      const [were, them] = isOne ? ["was", "it"] : ["were", "them"];
      return `${names} ${were} edited, so the app does not update ${them}. There is a newer version ${newer}, and yours is based on version ${own}. To get it, write down your changes, delete ${them} and restart the app.`;
    },
    and: "and",
  },
  limit: {
    title: "Twilio: the daily limit is reached",
  },
  nothingSent: {
    title: (origin: string) => `Twilio: ${origin} sent nothing`,
    message: (origin: string, reason: string) => `${origin} was called and nothing was sent: ${reason}`,
  },
  actionsMissing: {
    title: "Twilio: notify actions are missing",
    why: (names: string) =>
      `Home Assistant has no action ${names}, so every automation that uses it fails and nothing is sent.`,
    add: "1. Add this to configuration.yaml. If there already is a `notify:`, add only the lines below it:",
    restart: "2. Restart Home Assistant.",
    then: "The groups without members create the actions, and the app handles them. If you do not need a notifier any more, delete it in the app's options.",
  },
  paused: {
    title: "Twilio: notifiers paused",
    why: (names: string, platforms: string) =>
      `${names}: paused, because Home Assistant's own ${platforms} is still loaded and would send each message a second time.`,
    replace: (platforms: string) =>
      `1. In configuration.yaml, delete each entry below \`notify:\` with ${platforms}, and add this instead:`,
    restart: "2. Restart Home Assistant.",
    then: "The groups without members keep the actions for your automations, and the app handles them. Keep your other entries below `notify:`. This key may occur only once. If Home Assistant's own platform has another name than the notifier, set `beside_core` on the notifier instead.",
    and: "and",
  },
  unreadable: {
    title: "Twilio: a request could not be read",
    message: (time: string) =>
      `Home Assistant could not pass on a request of an automation to the app at ${time}, so nothing was sent for it. The request contained a number with more than 64 bits, or another value that JSON does not support. Find the automation that ran at that time, and write such a number as a part of a longer text: \`No. {{ number }}\`.`,
  },
  journal: {
    lostTitle: "Twilio: the journal was lost",
    copyTitle: "Twilio: the journal comes from a backup",
    missing: "The app's database (journal) was missing.",
    damaged: (file: string) =>
      `The app's database (journal) was damaged, so it was moved to ${file}. A damaged database often means a failing SD card.`,
    lost: "A new journal has been created. Waiting messages, calls and events are lost.",
    copied: (time: string) =>
      `It was replaced by the backup copy of ${time}. Messages and calls that wait in the copy are not sent, because they may have been sent before. Messages and calls that came in since then are fetched from Twilio and marked as possible repeats.`,
    effects:
      "If a webhook is about a call or message that the app does not know, the app asks Twilio for its age. For ten minutes, it looks up every message and call at Twilio before it sends it.",
  },
};

export type NotificationTexts = typeof NOTIFICATIONS_EN;
