export const EXAMPLES_EN = {
  title: "An automation for what just happened",
  intro: "Choose something that came in. The automation below starts whenever the like comes again.",
  chosen: "chosen",
  choose: "What it is to start with",
  none: "Nothing has come in yet. Call your Twilio number, or write to it, and reload this page.",
  automation: "Automation",
  yourDoing: "It shows a notification. Replace that by what your home is to do.",
  howTo:
    "In Home Assistant: Settings → Automations & scenes → Create automation → Create new automation. Then choose “Edit in YAML” in the menu (⋮) and paste.",
  forged:
    "A caller's number can be forged. For doors and alarms ask for a PIN, as the example of a conversation does.",
  actions: "Actions",
  actionsHowTo: "In an automation or script: Add action, then “Edit in YAML” in its menu (⋮), and paste.",
  send: "Send a message",
  talk: "Automation: a conversation on the phone",
  talkNote: "Whoever of your contacts calls hears a question and presses a key.",
  notify: "Notifiers",
  notifyHowTo:
    "They make notify.<name> exist, which the app hears. Add this to configuration.yaml and restart Home Assistant once.",
  notifyNone:
    "You have no notifiers in the app's options, and need none: the action script.twilio_send_message answers, and fails the automation when its message failed. They are for automations that call notify.<name> already.",
  /** What stands in the YAML for people. `who`: a name, a number, or somebody. */
  yaml: {
    call: (who: string) => `${who} calls`,
    message: (who: string) => `Message from ${who}`,
    keys: (who: string) => `${who} presses a key on the phone`,
    speech: (who: string) => `${who} says something on the phone`,
    other: "Twilio sends something",
    messageStatus: (status: string) => `A message is ${status}`,
    callStatus: (status: string) => `A call is ${status}`,
    recording: "A recording is ready",
    failed: "Twilio: something failed",
    succeeded: "Twilio: something was sent",
    somebody: "Somebody",
    contact: "Alice",
    sendText: "Somebody is at the door.",
    talkAlias: "A conversation on the phone",
    question: "Hello. Press 1 to open the gate.",
    thanks: "The gate opens. Goodbye.",
    goodbye: "Nothing was done. Goodbye.",
    chose: "The caller pressed 1",
  },
};

/** The texts of the page with what can be pasted into Home Assistant. */
export type ExamplesTexts = typeof EXAMPLES_EN;
