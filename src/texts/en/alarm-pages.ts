/** The texts of the alarms' pages, and of the card that all pages show during an alarm. */
export const ALARM_PAGES_EN = {
  title: "Alarms",
  back: "All alarms",
  drill: "Drill",
  card: {
    label: "Alarms in progress",
    heading: (alarm: string) => `Alarm: ${alarm}`,
    calling: (names: string) => `Calling ${names}.`,
    talking: (names: string) => `On the phone now: ${names}. The alarm is not taken yet.`,
    notTaken: "Nobody has taken the alarm yet.",
    taken: (name: string) => `${name} has the alarm.`,
    take: "Take the alarm",
    stop: "Stop the alarm",
    details: "Show all calls and messages",
  },
  /** The pages show this between the last two names of a list. */
  and: "and",
  states: {
    open: "Nobody has taken the alarm yet",
    taken: (name: string) => `${name} has the alarm`,
    closed: (name: string) => `${name} took the alarm`,
    unanswered: "Nobody took the alarm",
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
    taken: "You have the alarm now. The app ends all calls that are still ringing.",
    confirmed: "You have this alarm already.",
    other: "Somebody else has this alarm already.",
    over: "This alarm is over.",
    stopped: "The alarm has been stopped.",
  },
  absent: "This alarm does not exist, or the app has deleted it because it was too old.",
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
    inform: (channel: string, name: string) => `${channel} to ${name}: somebody has the alarm`,
    code: (channel: string, name: string) => `${channel} to ${name} with the code for taking the alarm`,
    end: (channel: string, name: string) => `${channel} to ${name}: nobody took the alarm`,
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
    doubtful: "Twilio did not confirm this call or message",
    not_asked: "Twilio could not be reached in time",
    held_back: "Not called: this number was called too often",
    no_news: "Twilio did not report the result",
  },
  recent: {
    title: "Recent alarms",
    none: "There has been no alarm yet. Automations start one with the action script.twilio_alarm.",
  },
  reach: {
    title: "Can alarms reach your people?",
    intro: "The app checks this once a day, without calling anybody.",
    good: "Can be reached",
    unchecked: "Not checked yet. The app makes the first check soon after its start.",
  },
  startDrill: {
    title: "Start a drill",
    intro:
      "A drill calls people like a real alarm, and every text says that it is a drill. Twilio charges for its calls and messages as usual.",
    people: "Whom to call",
    noPeople: "Add contacts first: Conversations → Contacts.",
    message: "Message",
    defaultMessage: "This is only a test. Please press the key that is named next.",
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
