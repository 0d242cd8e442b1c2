/**
 * The texts that people hear and read in an alarm. Some networks treat certain words in a message as an opt-out, so the
 * written texts avoid such words.
 */
export const ALARMS_EN = {
  /** Each text of a drill (test alarm) begins with this sentence. */
  drill: "This is a drill.",
  /** The name of a drill that a user starts on the app's page. */
  drillFor: (names: string) => `Drill for ${names}`,
  spoken: {
    /** The call says this after the message. */
    ask: (key: string) => `To take this alarm, press ${key}.`,
    /** The call says this only if there are other people to call. */
    pass: (key: string) => `If you cannot take it, press ${key}. Then the next person is called.`,
    wrongKey: "That was the wrong key.",
    /** The call says this if the app could not store the pressed key in time. */
    tooSlow: "The app is slow at the moment. Please press the key again.",
    pressAgain: (key: string) => `Press ${key} again to confirm.`,
    enterPin: "Enter your PIN.",
    wrongPin: "That is not your PIN.",
    /** The call says this if the message of the alarm has changed since the person heard it. */
    changed: "The alarm has changed.",
    remind: (alarm: string) => `You have the alarm ${alarm}.`,
    stillYours: (key: string) =>
      `To keep the alarm, press ${key}. If you do not press this key, other people are called again.`,
    youHaveIt: "Thank you. You have it.",
    somebodyHasIt: (name: string) => `${name} has this alarm. You do not need to do anything.`,
    passed: "Thank you. The next person is called.",
    over: "This alarm is over.",
    notTaken: "Nobody has taken this alarm.",
    /**
     * The call says this if the app's public address is not known, because keys do not work then. `code`: digits with
     * blanks between them.
     */
    replyWith: (code: string) => `To take this alarm, send the code ${code} to this number by text message.`,
  },
  written: {
    ask: (alarm: string, message: string, code: string) =>
      `${alarm}: ${message} To take this alarm, reply ${code}.`,
    /** The text of a push notification. It contains no code, because the push has a button. */
    push: (message: string) => message,
    take: "Take it",
    remind: (alarm: string, code: string) => `You have the alarm ${alarm}. To keep the alarm, reply ${code}.`,
    pushRemind: (alarm: string) => `You have the alarm ${alarm}. Are you still taking care of it?`,
    keep: "Yes, I am",
    repeated: (alarm: string, message: string) =>
      `You have the alarm ${alarm}. It was reported again: ${message}`,
    somebodyHasIt: (alarm: string, name: string) =>
      `${alarm}: ${name} has the alarm. You do not need to do anything.`,
    youHaveIt: (alarm: string) => `${alarm}: Thank you. You have it.`,
    code: (alarm: string, code: string) => `To take the alarm ${alarm}, reply ${code}.`,
    notTaken: (alarm: string, message: string) => `${alarm}: Nobody has taken this alarm. ${message}`,
  },
  /** The response of a started alarm contains these warnings. */
  warnings: {
    notCalled: (name: string) =>
      `${name} is not called: this is not a phone number, or it is one of your Twilio numbers. Correct this entry in the field \`people\`.`,
    noPush: (name: string) =>
      `${name} has no push action, so no push notification is sent. Enter a push action for this contact.`,
    noPin: (name: string) =>
      `${name} has no PIN, so pressing the key is enough to take the alarm. Enter a PIN for this contact.`,
    cannotReceive: (sender: string) =>
      `The sender ${sender} cannot receive replies, so nobody can take the alarm by text message. Use a phone number as the sender.`,
    optedOut: (name: string) =>
      `${name} has opted out of text messages from this number, so this person gets no text messages. To get them again, this person sends START to the number.`,
    /**
     * Shown if the field `people` contains more people than an alarm can call. One text in the field may list several
     * people.
     */
    tooMany: (most: number, others: number) =>
      `An alarm has at most ${most} people, so it does not call the last ${others}. Remove people from the field \`people\`.`,
    /** Shown if the message of an alarm is too long. */
    shortened: (most: number) =>
      `The message is too long, so the alarm uses its first ${most} characters. Shorten the field \`message\`.`,
    /** Shown if two people in the field `people` have the same phone number. */
    sameNumber: (first: string, second: string) =>
      `${first} and ${second} have the same number, so the alarm treats them as one person: ${first}.`,
    /** Shown if somebody starts an alarm that is in progress, with people who are not in it. */
    notAdded: (names: string) =>
      `This alarm is already in progress with other people, so it does not call these people: ${names}.`,
    notAnswered:
      "The app's public address is not known, so keys on a call do not work. Set up the relay or a public address.",
  },
  /** Problems that the daily check of alarms finds. */
  reach: {
    title: (name: string) => `Alarms cannot reach ${name}`,
    unreadable:
      "This person's number is not a valid phone number. Correct it in the contact or in the automation.",
    optedOut:
      "This person has opted out of text messages from your number, so this person gets no text messages. To get them again, this person sends START to your number.",
    noPush: "This contact has no push action. Enter a push action for the contact.",
    missingPush: (service: string) =>
      `Home Assistant has no action notify.${service}. Open the Home Assistant app on the phone once, or correct the push action of the contact.`,
    noAddress:
      "The app's public address is not known, so keys on a call do not work. Set up the relay or a public address.",
    account: {
      refused: "Twilio refuses the app's credentials. Enter the current credentials in the app's options.",
      suspended: "Twilio has suspended the account. The Twilio Console shows the reason.",
      no_balance:
        "The Twilio account has no balance left, so nobody can be called. Add money in the Twilio Console.",
    },
  },
};

/** The type of the texts of alarms. */
export type AlarmTexts = typeof ALARMS_EN;
