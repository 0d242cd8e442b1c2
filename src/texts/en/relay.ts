/** The texts of the page about the webhook relay (a small program at Twilio). */
export const RELAY_EN = {
  title: "Receive without an open port",
  intro:
    "The webhook relay is a small Function in your own Twilio account. It passes Twilio's calls and messages to Home Assistant's own address, encrypted for this app. You need no second public address and no open port.",
  back: "Back",
  /** The line about the relay on the page Setup. */
  row: {
    name: "Webhook relay",
    none: "Not set up",
    noneNote: "Receive calls and messages through Home Assistant's own address, without an open port.",
    busy: "Being set up",
    removing: "Being removed",
    failed: "Failed",
    ready: "Working",
    attention: "Needs attention",
    open: "Set up the relay",
    show: "Show",
  },
  /** Why the user cannot set up the relay. */
  obstacles: {
    provider: "Only Twilio itself has Functions. With another provider, make port 8080 reachable.",
    region:
      "Twilio has Functions and Sync in its US region only. Remove the option region, or make port 8080 reachable.",
    home_assistant_away: "Home Assistant does not respond. Reload this page later.",
    no_address:
      "Home Assistant cannot be reached from outside. Log in to Home Assistant Cloud, or enter an external URL under Settings → System → Network. Until then, messages are fetched every 15 seconds, and calls cannot come in.",
    forbidden:
      "These credentials may not use Twilio Functions and Sync. Use the account's Auth Token or a Standard API key; a Restricted key cannot do this.",
    twilio_away: "Twilio does not respond. Reload this page later.",
  },
  plan: {
    title: "What will be created",
    service: (name: string) =>
      `In your Twilio account: a Functions Service named ${name} with six small Functions`,
    sync: (name: string) => `In your Twilio account: a Sync Service named ${name} for the app's answers`,
    cloudhook: "In Home Assistant: a webhook, and for it a cloudhook of Home Assistant Cloud",
    externalUrl: "In Home Assistant: a webhook, reached through the external URL that you have entered",
    credentials: "The Functions can use your account's credentials, which stay at Twilio.",
    cost: "Twilio charges for Functions and Sync by use. A home with 20 messages and 10 calls a day needs about 4,500 invocations a month. At present, the first 10,000 a month are free. See Twilio's pricing pages.",
    foreign:
      "A relay with this name exists already. Another installation of this app has created it, or this app before it lost its data. If you continue, it works for this installation.",
    numbers: "Numbers that will use the relay",
    /** The page shows this beside a number whose messages and calls somebody else receives. */
    notFree: "currently goes to another address",
    noNumbers: "This account has no number yet.",
    duration: "It takes one to two minutes.",
    setUp: "Set up the relay",
    repair: "Repair the relay",
  },
  steps: {
    title: "Progress",
    names: {
      house: "Ask Home Assistant for its address",
      answers: "Create the Sync Service",
      service: "Create the Functions Service",
      environment: "Create the Environment of the Functions Service",
      variables: "Write the variables of the Functions",
      functions: "Upload the Functions",
      build: "Wait until Twilio has built the Functions",
      deploy: "Deploy the Functions",
      test: "Test the complete path",
      numbers: "Point the numbers at the relay",
      numbers_back: "Restore the numbers' previous settings",
      calls: "Wait until open calls have ended",
      removal: "Delete what was created",
    },
    failedAt: (step: string) => `This step failed: ${step}.`,
    failedThen: "Press the button again to continue from here. Nothing is created twice.",
  },
  ready: {
    address: "Address",
    test: "Last test",
    tested: (ms: number) => `From Twilio's cloud to the app and back in ${ms} ms`,
    notTested: "Not tested since the app started",
    problems: {
      no_address:
        "Home Assistant cannot be reached from outside any more. Log in to Home Assistant Cloud or enter an external URL. The relay then continues by itself.",
      not_registered:
        "Home Assistant does not pass the relay's requests on to the app. The app tries again. If this does not go away, restart Home Assistant.",
      foreign:
        "Another installation has changed the relay, so this one does not use it. Press “Repair the relay” to use it here again.",
      edited:
        "Somebody has edited the Function, so the app does not update it. Press “Repair the relay” to replace it.",
      gone: "The relay does not exist in your Twilio account any more. Press “Repair the relay”, or remove it.",
      test_failed: "The last test failed. See the app's log for the reason.",
    },
  },
  usage: {
    title: "Usage this month",
    none: "Twilio has counted nothing yet.",
    note: "Twilio's own figures for all Functions and Sync of the account.",
  },
  remove: {
    title: "Remove the relay",
    intro:
      "Deletes the Functions Service, the Sync Service and the cloudhook. Numbers that still use the relay get their previous settings. Do this before you uninstall the app.",
    button: "Remove the relay",
  },
};

export type RelayTexts = typeof RELAY_EN;
