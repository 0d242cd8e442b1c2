export const SETUP_EN = {
  /** How many lines of the checklist need somebody. */
  toDo: (count: number) => `${count} ${count === 1 ? "point needs" : "points need"} you`,
  allGood: "All is well",
  /** Nobody is needed, and how many lines wait for something. */
  unsettled: (count: number) =>
    `Nothing to do; ${count} ${count === 1 ? "point is" : "points are"} not settled yet`,
  asking: "Asking Twilio …",
  reloadForMore: "Reload this page in a few seconds to see the rest.",
  account: {
    full: "full account",
    trial: "trial account",
    trialNote:
      "A trial account reaches only numbers that you have verified at Twilio, and puts a sentence before each text.",
    balance: (amount: string) => `Balance: ${amount}`,
    notActive: (status: string) => `Twilio calls it ${status}`,
    notActiveNote: "Nothing goes out and nothing comes in until it is active. Twilio's console says why.",
    hidden: "The credentials are accepted",
    hiddenNote: "This API key may not read the account's name and balance, which the app does not need.",
    refused: "Twilio refuses the credentials",
    refusedNote:
      "Copy Account SID and Auth Token from the first page of Twilio's console into the app's configuration, and restart the app.",
    away: "Twilio does not answer",
    awayNote: "If this lasts, see whether this house reaches the internet. The app goes on trying.",
  },
  scripts: {
    name: "Actions in Home Assistant",
    loaded: "In place",
    missing: (names: string) => `Missing: ${names}`,
    missingNote:
      "Look at Home Assistant's notifications: the app says there why it could not put them in. They come with each start of the app while the option install_scripts is on.",
    unknown: "Not known",
    unknownNote: "Home Assistant could not be asked just now.",
  },
  reach: {
    name: "From the internet",
    verdicts: {
      reached: "The address leads here",
      reached_inside: "The address leads here, seen from inside",
      reached_by_twilio: "Twilio has reached the app",
      failed_before: "The address leads here, but Twilio last failed",
      failed: "Twilio cannot reach the app",
      other: "Something else answers there",
      redirected: "The address leads on to another",
      untrusted: "The certificate is not valid",
      unreachable: "Not reached from inside the house",
    },
    /** `code`: what is known of why. */
    notes: {
      reached: () => "Asked by the app itself, its certificate checked",
      reached_inside: () =>
        "Waits for Twilio's first webhook. Write a message to your number: if it arrives, this is settled.",
      reached_by_twilio: () =>
        "The app does not reach its own address from inside. Many home routers cannot lead back in; it does not matter.",
      failed_before: () => "Write a message to your number: the next webhook that comes through settles it.",
      failed: () => "See that your address leads to port 8080 of the app, by HTTPS with a valid certificate.",
      other: (status: string) =>
        `It answered with HTTP ${status} and is not this app. Let your proxy or tunnel lead this address, with its path, to port 8080 of the app.`,
      redirected: () =>
        "Twilio loses what it sends when it is redirected. Enter as public_url the address that it leads to.",
      untrusted: (code: string) =>
        `Twilio refuses it, too (${code}). Get a certificate for this name, such as one of Let's Encrypt, or use a tunnel.`,
      unreachable: (code: string) =>
        `Many home routers cannot lead back in, so this alone means little (${code}). Write a message to your number: if it arrives, all is well.`,
    },
    lastFailure: "Twilio's last failure:",
    /** In place of the note of `reached` where there is no certificate. */
    reachedPlainly: "Asked by the app itself, by HTTP without encryption",
  },
  notifier: {
    ready: { sms: "Sends messages", call: "Makes calls" },
    paused: "Paused",
    /** Before and after the lines for configuration.yaml. */
    pausedNote: (platform: string) =>
      `Home Assistant's own ${platform} is loaded and would send everything a second time. In configuration.yaml, delete its entry with platform: ${platform} below notify:, and put this in its place:`,
    pausedThen:
      "Then restart Home Assistant. The empty group keeps the action for your automations. If Home Assistant's own notifier has another name, switch on beside_core for this notifier instead.",
    missing: "The action does not exist",
    missingNote:
      "Home Assistant has no such action, so every automation that uses it fails. Add this to configuration.yaml; if there is a notify: already, add only the lines below it:",
    missingThen: "Then restart Home Assistant.",
    unknown: "Not known yet",
    unknownNote: "The app could not ask Home Assistant yet whether the action exists.",
    /** Over the lines for configuration.yaml. */
    yaml: "configuration.yaml",
  },
  numbers: {
    title: "Your numbers",
    none: "This account has no number yet. Buy one in Twilio's console.",
    away: "Twilio does not answer, so the numbers are not known.",
    refused: "Twilio does not let these credentials see the numbers.",
    capabilities: (messages: boolean, calls: boolean): string =>
      messages && calls
        ? "Messages and calls"
        : messages
          ? "Messages"
          : calls
            ? "Calls"
            : "No messages, no calls",
    messages: "Messages",
    calls: "Calls",
    uses: {
      ours: "come to Home Assistant",
      other: "go somewhere else",
      empty: "go nowhere",
      unable: "not possible",
      overruled: "are decided elsewhere",
    },
    service: (name: string) =>
      `The Messaging Service “${name}” decides about this number's messages. In Twilio's console open its integration and choose to defer to the sender's webhook.`,
    trunk:
      "Its calls go to a SIP trunk. Take the number off the trunk in Twilio's console to have them here.",
    setUp: "Set up this number",
    view: "Show",
  },
  number: {
    title: (number: string) => `Number ${number}`,
    intro: "This is what Twilio does with what comes to the number, and what it will do.",
    setting: "Setting",
    now: "Now",
    then: "After",
    empty: "nothing",
    names: {
      message: "A message comes in",
      messageFallback: "… if that fails",
      call: "A call comes in",
      callFallback: "… if that fails",
      status: "A call changes",
      messageApplication: "Application for messages",
      callApplication: "Application for calls",
    },
    confirm: "Enter these at Twilio",
    isSetUp: "This number is set up: what comes to it comes to Home Assistant.",
    /** The addresses are there and something else decides. */
    isOverruled:
      "The app's addresses are entered at this number, but not all that comes to it is decided by them: see above.",
    needsAddress:
      "First the app has to know its public address: enter it as public_url in its configuration.",
    putBackTitle: "Put back",
    putBackIntro: "The app remembers what stood here before and can enter it again.",
    putBack: "Put back what was before",
    back: "Back",
    done: "Twilio has taken it.",
    absent: "This account has no such number.",
    refused: "Twilio does not let these credentials see the numbers. Nothing was changed.",
    away: "Twilio does not answer. Nothing was changed; try again in a while.",
    changed: "The number has changed since you saw it, so nothing was written. Look again.",
    on_trunk:
      "An application decided about this number's calls before, and now a SIP trunk does. Entering the application would take the number off its trunk, so nothing is written. Take it off the trunk in Twilio's console first.",
    failed: "Twilio did not take it:",
  },
  test: {
    title: "Try it",
    intro: "Sends a real message or makes a real call, just as an automation would. Twilio charges for it.",
    what: "What",
    message: "Message",
    call: "Call",
    to: "To",
    toHint: "A contact, or a number with its country code",
    text: "Text",
    textHint: "Written in a message, spoken in a call",
    send: "Send",
    /** Why nothing was sent. */
    faults: {
      kind: "Nothing was sent: choose a message or a call.",
      noRecipient: "Nothing was sent: enter under “To” a contact, or a number with its country code.",
      longRecipient: (count: number, most: number) =>
        `Nothing was sent: “To” has ${count} characters, and may have at most ${most}. Enter one contact or number.`,
      noText: "Nothing was sent: enter a text.",
      longText: (count: number, most: number) =>
        `Nothing was sent: the text has ${count} characters, and may have at most ${most}. Shorten it.`,
    },
    sample: "Hello from Home Assistant.",
    stages: {
      heard: "Waiting for Home Assistant",
      sending: "Being handed to Twilio",
      under_way: "Under way",
      done: "Done",
      failed: "Failed",
      unknown: "Not known, or not any more",
    },
    statuses: {
      accepted: "Twilio has accepted it",
      scheduled: "Twilio has scheduled it",
      queued: "Queued at Twilio",
      sending: "Twilio is sending it",
      sent: "Handed to the network",
      delivered: "Delivered",
      read: "Read",
      undelivered: "Not delivered",
      failed: "Failed",
      canceled: "Cancelled",
      initiated: "Dialling",
      ringing: "Ringing",
      "in-progress": "Answered, talking",
      completed: "The call is over",
      busy: "Busy",
      "no-answer": "Nobody answered",
    },
    moreInfo: "More about this error",
  },
};

/** The texts of the first page and of what it leads to. */
export type SetupTexts = typeof SETUP_EN;
