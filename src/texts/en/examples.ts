export const EXAMPLES_EN = {
  title: "Automation for a recent event",
  intro: "Choose an event. The automation below runs when the same kind of event comes in again.",
  choose: "Event that starts the automation",
  none: "Nothing has come in yet. Call your Twilio number or send it a message, then reload this page.",
  automation: "Automation",
  yourDoing: "This automation shows a notification. Replace its action with what your home should do.",
  howTo:
    "In Home Assistant: Settings → Automations & scenes → Create automation → Create new automation. Then choose “Edit in YAML” in the menu (⋮) and paste the text.",
  forged:
    "Caller numbers can be forged. For doors and alarms, ask for a PIN. The example “phone conversation” below shows how to ask the caller to press keys.",
  actions: "Actions",
  actionsHowTo:
    "In an automation or script: Add action, then “Edit in YAML” in the menu of the action (⋮), and paste the text.",
  send: "Send a message",
  talk: "Automation: phone conversation",
  talkNote: "When one of your contacts calls, the app asks a question and waits for a key.",
  notify: "Notifiers",
  notifyHowTo:
    "These lines create the actions notify.<name>, which the app handles. Add them to configuration.yaml and restart Home Assistant.",
  notifyNone:
    "The app's options contain no notifiers. New automations do not need them. The action script.twilio_send_message returns a result, and stops the automation with an error if the message fails. Notifiers are for automations that already call notify.<name>.",
  /** Texts in the YAML of the examples. `who` is a name, a number, or `somebody`. */
  yaml: {
    call: (who: string) => `${who} calls`,
    message: (who: string) => `Message from ${who}`,
    keys: (who: string) => `${who} presses a key on the phone`,
    speech: (who: string) => `${who} says something on the phone`,
    other: "Webhook from Twilio",
    messageStatus: (status: string) => `New status of a message: ${status}`,
    callStatus: (status: string) => `New status of a call: ${status}`,
    recording: "A recording is ready",
    failed: "Twilio: a request failed",
    succeeded: "Twilio: a request succeeded",
    somebody: "Somebody",
    contact: "Alice",
    sendText: "Somebody is at the door.",
    talkAlias: "Phone conversation",
    question: "Hello. Press 1 to open the gate.",
    thanks: "The gate is opening. Goodbye.",
    goodbye: "The gate stays closed. Goodbye.",
    chose: "The caller pressed 1",
  },
};

/** The type of the texts of the page Examples. */
export type ExamplesTexts = typeof EXAMPLES_EN;
