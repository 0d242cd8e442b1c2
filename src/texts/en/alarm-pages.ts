/** The texts of the alarms' pages, and of the card that all pages show during an alarm. */
export const ALARM_PAGES_EN = {
  title: "Alarms",
  back: "All alarms",
  drill: "Drill",
  card: {
    label: "Alarms in progress",
    heading: (alarm: string) => `Alarm: ${alarm}`,
    calling: (names: string) => `Calling ${names}.`,
    talking: (names: string) => `On the phone, but not taken yet: ${names}.`,
    notTaken: "Nobody has taken it yet.",
    taken: (name: string) => `${name} has it.`,
    take: "Take the alarm",
    stop: "Stop the alarm",
    details: "Show every call",
  },
  /** The pages show this between the last two names of a list. */
  and: "and",
  states: {
    open: "Nobody has taken it yet",
    taken: (name: string) => `${name} has it`,
    closed: (name: string) => `${name} took it`,
    unanswered: "Nobody took it",
    stopped: "Stopped",
    blocked: "Nobody could be called",
  },
  /** The pages show this after the name of the person who took the alarm. */
  taken: {
    key: "by pressing a key on a call",
    reply: "by replying to a text message",
    button: "with a button in WhatsApp",
    push: "with the button of a push notification",
    incoming_call: "by calling back",
    action: "in Home Assistant",
  },
  /** The pages show one of these texts after the user has pressed a button. */
  done: {
    taken: "You have the alarm now. Phones that are still ringing stop.",
    confirmed: "You have this alarm already.",
    other: "Somebody else has this alarm already.",
    over: "This alarm is over.",
    stopped: "The alarm has been stopped.",
  },
  absent: "There is no such alarm, or it is too old.",
  detail: {
    state: "State",
    message: "Message",
    earlierMessage: "Earlier message",
    started: "Started",
    ended: "Ended",
    takenBy: "Taken by",
    people: "People",
    tries: "Calls and messages",
    noTries: "Nobody has been called yet.",
    round: (round: number) => `Round ${round}`,
  },
  channels: {
    call: "Call",
    sms: "Text message",
    whatsapp: "WhatsApp message",
    push: "Push notification",
  },
  /** Texts that say why the app called or wrote to a person. */
  purposes: {
    ask: (channel: string, name: string) => `${channel} to ${name}`,
    remind: (channel: string, name: string) => `${channel} to ${name}, who has the alarm, as a reminder`,
    repeat: (channel: string, name: string) => `${channel} to ${name}: the alarm was reported again`,
    inform: (channel: string, name: string) => `${channel} to ${name}: somebody has it`,
    code: (channel: string, name: string) => `${channel} to ${name} with the code`,
    end: (channel: string, name: string) => `${channel} to ${name}: nobody took it`,
    incoming: (_channel: string, name: string) => `${name} called`,
  },
  outcomes: {
    pending: "In progress",
    ringing: "It is ringing",
    talking: "Answered, in progress",
    delivered: "Sent",
    answered: "Answered",
    passed: "Passed on to the next person",
    rang_out: "Nobody answered",
    busy: "Busy or declined",
    canceled: "Ended by the app before it was answered",
    failed: "Failed",
    doubtful: "Twilio did not confirm it",
    not_asked: "Twilio could not be reached in time",
    held_back: "Not called: this number was called too often",
    no_news: "Twilio did not report how it ended",
  },
  recent: {
    title: "Recent alarms",
    none: "There has been no alarm yet. Automations start one with the action script.twilio_alarm.",
  },
  reach: {
    title: "Can alarms reach your people?",
    intro: "The app checks this once a day, without calling anybody.",
    good: "Can be reached",
    unchecked: "Not checked yet. The first check takes place soon after the start of the app.",
  },
  startDrill: {
    title: "Start a drill",
    intro:
      "A drill calls people like a real alarm, and every text says that it is a drill. Calls and messages cost as usual.",
    people: "Whom to call",
    noPeople: "Enter contacts in the app's configuration first.",
    message: "Message",
    defaultMessage: "This is only a test. Please press the key that you hear.",
    button: "Start the drill",
    noneChosen: "Choose at least one person.",
    emptyMessage: "Enter a message.",
    failed: "The drill could not be started.",
  },
  notAnEmergencyCall:
    "An alarm calls your own people. It does not call the emergency services, and it does not replace a monitoring service.",
};

/** The type of the texts of the alarms' pages. */
export type AlarmPagesTexts = typeof ALARM_PAGES_EN;
