/** The texts of the page about the webhook relay (a small program at Twilio). */
export const RELAY_EN = {
  title: "Receive without an open port",
  intro:
    "The webhook relay is a small Function in your own Twilio account. It passes Twilio's calls and messages to Home Assistant's own address, encrypted for this app. So you need neither a second public address nor an open port.",
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
      "Home Assistant cannot be reached from outside. Log in to Home Assistant Cloud, or enter an external URL under Settings → System → Network (field “Internet”). Until then, the app fetches messages every 15 seconds, and it cannot receive calls.",
    forbidden:
      "These credentials may not use Twilio Functions and Sync. Use the account's Auth Token or a Standard API key; a Restricted key cannot do this.",
    twilio_away: "Twilio does not respond. Reload this page later.",
  },
  plan: {
    title: "What will be created",
    service: (name: string) =>
      `In your Twilio account: a Functions Service named ${name} with six small Functions`,
    sync: (name: string) => `In your Twilio account: a Sync Service named ${name} for the app's answers`,
    cloudhook: "In Home Assistant: a webhook, and a Home Assistant Cloud address for it (cloudhook)",
    externalUrl: "In Home Assistant: a webhook, reached through the external URL that you have entered",
    credentials: "The Functions can use your account's credentials. These credentials stay at Twilio.",
    cost: "Twilio charges for Functions and Sync by use. A home with 20 messages and 10 calls a day causes about 4,500 requests to the Functions a month. At present, the first 10,000 requests a month are free. See Twilio's pricing pages.",
    foreign:
      "A relay with this name already exists. It belongs to another installation of this app, or this app created it and then lost its data. If you continue, this installation takes over the relay.",
    numbers: "Numbers that will use the relay",
    /** The page shows this beside a number whose messages or calls somebody else receives. */
    notFree: "currently goes to another address",
    noNumbers: "This account has no number yet.",
    duration: "The setup takes one to two minutes.",
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
      numbers: "Enter the relay's address for the numbers",
      numbers_back: "Restore the numbers' previous settings",
      calls: "Wait until open calls have ended",
      removal: "Delete the Functions Service, the Sync Service and the cloudhook",
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
        "Home Assistant cannot be reached from outside any more. Log in to Home Assistant Cloud, or enter an external URL under Settings → System → Network (field “Internet”). The relay then works again by itself.",
      no_cloudhook:
        "Home Assistant Cloud does not create a cloudhook at present, so Home Assistant cannot be reached from outside. The app tries again. Check in Home Assistant's settings whether it is connected to Home Assistant Cloud.",
      not_registered:
        "Home Assistant does not pass the relay's requests on to the app. The app tries again. If this message stays, restart Home Assistant.",
      foreign:
        "Another installation of this app has taken over the relay, so this installation does not use it. Press “Repair the relay” to use the relay here again.",
      edited:
        "Somebody has edited the relay's Function at Twilio, so the app does not update it. Press “Repair the relay” to replace the edited Function.",
      gone: "The relay does not exist in your Twilio account any more. Press “Repair the relay”, or remove it.",
      test_failed: "The last test failed. See the app's log for the reason.",
    },
  },
  usage: {
    title: "Usage this month",
    none: "Twilio has counted nothing yet.",
    note: "These figures come from Twilio and include all Functions and Sync Services of the account.",
  },
  remove: {
    title: "Remove the relay",
    intro:
      "The app deletes the Functions Service, the Sync Service and the cloudhook. Numbers that still use the relay get their previous settings again. Remove the relay before you uninstall the app.",
    button: "Remove the relay",
  },
};

export type RelayTexts = typeof RELAY_EN;
