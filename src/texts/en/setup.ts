export const SETUP_EN = {
  /** `count`: the number of lines in the checklist that need attention. */
  toDo: (count: number) => `${count} ${count === 1 ? "problem needs" : "problems need"} attention`,
  allGood: "Everything is working",
  /** The page shows this if nothing needs attention, but `count` checks have no result yet. */
  unsettled: (count: number) => `No problems; ${count} ${count === 1 ? "check is" : "checks are"} still open`,
  asking: "Checking with Twilio …",
  reloadForMore: "Reload this page in a few seconds to see the rest.",
  account: {
    full: "full account",
    trial: "trial account",
    trialNote:
      "A trial account sends and speaks only Twilio's sample texts. It reaches only numbers that you have verified at Twilio. Upgrade the account in the Twilio Console.",
    balance: (amount: string) => `Balance: ${amount}`,
    notActive: (status: string) => `Status of the account: ${status}`,
    notActiveNote:
      "Until the account is active, nothing is sent or received. The Twilio Console shows the reason.",
    hidden: "The credentials are valid",
    hiddenNote: "This API key cannot read the account's name and balance. The app does not need them.",
    refused: "Twilio rejects the credentials",
    refusedNote:
      "Copy the Account SID and Auth Token from the first page of the Twilio Console into the app's configuration. Then restart the app.",
    away: "Twilio does not respond",
    awayNote:
      "If Twilio still does not respond after a few minutes, check your internet connection. The app tries again.",
  },
  scripts: {
    name: "Actions in Home Assistant",
    loaded: "Available",
    missing: (names: string) => `Missing: ${names}`,
    missingNote:
      "The reason is in Home Assistant's notifications. The app tries again at each start while the option install_scripts is on.",
    unknown: "Not checked yet",
    unknownNote: "Home Assistant has not answered yet.",
  },
  reach: {
    name: "From the internet",
    verdicts: {
      reached: "The address leads to this app",
      reached_inside: "The address leads to this app, tested from inside your network",
      reached_by_twilio: "Twilio has reached the app",
      failed_before: "The address leads to this app, but Twilio's last webhook got no usable answer",
      failed: "Twilio cannot reach the app",
      other: "Another server answers at this address",
      redirected: "The address redirects to another address",
      untrusted: "The certificate is not valid",
      unreachable: "Not reachable from inside your network",
    },
    /** `code` in these texts is an HTTP status or an error code, such as `ECONNREFUSED`. */
    notes: {
      reached: () => "The app has tested the address and its certificate",
      reached_inside: () =>
        "Waiting for the first webhook from Twilio. Send a message to your number: if it arrives, this check is complete.",
      reached_by_twilio: () =>
        "From inside your network, the app cannot reach its own address, because many home routers do not support this. This is not a problem.",
      failed_before: () =>
        "Send a message to your number: the next webhook that arrives completes this check.",
      failed: () =>
        "Check that your address leads to port 8080 of the app over HTTPS, with a valid certificate.",
      other: (status: string) =>
        `It answered with HTTP ${status} and is not this app. In your proxy or tunnel, point this address, with its path, to port 8080 of the app.`,
      redirected: () =>
        "If a webhook is redirected, Twilio's data is lost. As public_url, enter the address to which this address redirects.",
      untrusted: (code: string) =>
        `Twilio rejects this certificate, too (${code}). Get a certificate for this name, for example from Let's Encrypt, or use a tunnel.`,
      unreachable: (code: string) =>
        `Many home routers do not support this test, so the address may still work (${code}). Send a message to your number: if it arrives, everything is working.`,
    },
    lastFailure: "Twilio's last failure:",
    /** The page shows this instead of `reached` if the public address has no HTTPS. */
    reachedPlainly: "The app has tested the address over HTTP, without encryption",
  },
  notifier: {
    ready: { sms: "Sends messages", call: "Makes calls" },
    paused: "Paused",
    /** The page shows this above the YAML for configuration.yaml, and `pausedThen` below it. */
    pausedNote: (platform: string) =>
      `Home Assistant's own ${platform} is loaded and would send everything a second time. In configuration.yaml, delete its entry with platform: ${platform} below notify:, and put this in its place:`,
    pausedThen:
      "Then restart Home Assistant. The notify group has no members. It only makes sure that the action still exists for your automations. If Home Assistant's own notifier has another name, set the option beside_core of this notifier to true instead.",
    missing: "The action does not exist",
    missingNote:
      "Home Assistant has no such action, so every automation that uses it fails. Add this to configuration.yaml; if there is a notify: already, add only the lines below it:",
    missingThen: "Then restart Home Assistant.",
    unknown: "Not known yet",
    unknownNote: "The app has not been able to check yet whether Home Assistant has this action.",
    /** The label of the YAML for configuration.yaml. */
    yaml: "configuration.yaml",
  },
  numbers: {
    title: "Your numbers",
    none: "This account has no number yet. Buy one in the Twilio Console.",
    away: "Twilio does not respond, so the numbers are not known.",
    refused: "These credentials are not allowed to read the numbers.",
    capabilities: (messages: boolean, calls: boolean): string =>
      messages && calls
        ? "Messages and calls"
        : messages
          ? "Messages"
          : calls
            ? "Calls"
            : "No messages, no calls",
    /** The page shows this (or `calls`) at the beginning of a line, and one of the texts in `uses` after it. */
    messages: "Incoming messages",
    calls: "Incoming calls",
    uses: {
      ours: "go to Home Assistant",
      other: "go to another address",
      empty: "are not handled",
      unable: "are not possible",
      overruled: "are controlled by another service of Twilio",
    },
    service: (name: string) =>
      `The Messaging Service “${name}” controls this number's messages. In the Twilio Console, open the integration settings of this service and choose “Defer to sender's webhook”.`,
    trunk:
      "A SIP trunk at Twilio receives this number's calls. To receive these calls here, remove the number from the SIP trunk in the Twilio Console.",
    setUp: "Set up this number",
    view: "Show",
  },
  number: {
    title: (number: string) => `Number ${number}`,
    intro:
      "The table shows what Twilio does now when a message or call comes in, and what Twilio does with the new settings.",
    setting: "Setting",
    now: "Now",
    then: "New",
    empty: "nothing",
    names: {
      message: "A message comes in",
      messageFallback: "… if that fails",
      call: "A call comes in",
      callFallback: "… if that fails",
      status: "Call status changes",
      messageApplication: "TwiML App for messages",
      callApplication: "TwiML App for calls",
    },
    confirm: "Save the new settings at Twilio",
    isSetUp: "This number is set up. Its messages and calls go to Home Assistant.",
    /**
     * The page shows this if the number has the app's webhook URLs, but a Messaging Service or SIP trunk receives its
     * messages or calls.
     */
    isOverruled:
      "The app's addresses are entered for this number, but a Messaging Service or a SIP trunk controls its messages or calls. See above.",
    needsAddress:
      "The app does not know its public address yet. Set up the relay, or enter the address as public_url in the app's configuration.",
    restoreTitle: "Restore",
    restoreIntro: "The app has stored the previous settings of this number.",
    restore: "Restore the previous settings",
    back: "Back",
    done: "Twilio has saved the settings.",
    absent: "This account has no such number.",
    refused: "These credentials are not allowed to read the numbers. Nothing was changed.",
    away: "Twilio does not respond. Nothing was changed. Try again later.",
    changed:
      "The settings of this number have changed since you opened this page. Nothing was saved. Check the settings and try again.",
    on_trunk:
      "A SIP trunk at Twilio now receives this number's calls. The previous settings would remove the number from the SIP trunk, because they contain a TwiML App for calls. So the app does not restore these settings. First remove the number from the SIP trunk in the Twilio Console.",
    failed: "Twilio rejected the settings:",
  },
  test: {
    title: "Try it",
    intro: "Sends a real message or makes a real call, as an automation would. Twilio charges for it.",
    what: "Type",
    message: "Message",
    call: "Call",
    to: "To",
    toHint: "A contact, or a number with its country code",
    text: "Text",
    textHint: "Sent as a message, or spoken on the call",
    send: "Send",
    /** Why the app did not send a test message or call. */
    faults: {
      kind: "Nothing was sent: choose a message or a call.",
      noRecipient: "Nothing was sent: under “To”, enter a contact, or a number with its country code.",
      longRecipient: (count: number, most: number) =>
        `Nothing was sent: “To” has ${count} characters, and may have at most ${most}. Enter one contact or number.`,
      noText: "Nothing was sent: enter a text.",
      longText: (count: number, most: number) =>
        `Nothing was sent: the text has ${count} characters, and may have at most ${most}. Shorten it.`,
    },
    sample: "Hello from Home Assistant.",
    stages: {
      pending: "Waiting for Home Assistant",
      sending: "Being sent to Twilio",
      under_way: "In progress",
      done: "Done",
      failed: "Failed",
      unknown: "Result not known",
    },
    statuses: {
      accepted: "Accepted by Twilio",
      scheduled: "Scheduled at Twilio",
      queued: "Queued at Twilio",
      sending: "Twilio is sending it",
      sent: "Handed to the carrier",
      delivered: "Delivered",
      read: "Read",
      undelivered: "Not delivered",
      failed: "Failed",
      canceled: "Canceled",
      initiated: "Dialing",
      ringing: "Ringing",
      "in-progress": "Answered",
      completed: "Call ended",
      busy: "Busy",
      "no-answer": "No answer",
    },
    moreInfo: "More about this error",
  },
};

/** The type of the texts of the page Setup and of the pages below it. */
export type SetupTexts = typeof SETUP_EN;
