const inSeconds = (seconds: number | null): string => (seconds === null ? "" : `, ${seconds} s`);

/** Writes a number with separated thousands. */
const counted = (count: number): string => count.toLocaleString("en");

/**
 * The name of each status, by Twilio's word for the status. If a status is missing here, the page shows Twilio's word.
 */
const STATUSES: Readonly<Record<string, string>> = {
  accepted: "accepted",
  scheduled: "scheduled",
  queued: "in the queue",
  initiated: "dialing",
  sending: "being sent",
  ringing: "ringing",
  sent: "sent",
  "in-progress": "in progress",
  delivered: "delivered",
  partially_delivered: "partially delivered",
  undelivered: "not delivered",
  failed: "failed",
  canceled: "canceled",
  completed: "ended",
  busy: "the line was busy",
  "no-answer": "nobody answered",
  read: "read",
};

export const ACTIVITY_EN = {
  now: {
    title: "Now",
    events: "Waiting for Home Assistant",
    commands: "Waiting for Twilio",
    nothing: "Nothing",
    /** The page shows this line if no check has found a problem. */
    allGood: "All is well",
    restGood: "Everything else is well",
    checks: (count: number) => `${counted(count)} checks`,
    /** The page shows this before a time, as in "since 14:20". */
    since: "since",
    more: (count: number) => `and ${counted(count)} more`,
    ageUnverified: "the app asks Twilio how old this entry is",
    steps: {
      waiting: "not sent yet, or waiting for the next attempt",
      asking: "sent; the app waits for Twilio's answer or asks Twilio again",
      sent: "accepted by Twilio; waiting for its status",
      done: "done",
    },
    commandNames: { send_message: "Message", make_call: "Call", talk: "Call step" },
    retried: "Retries",
    sinceStart: "Since the app started",
    /** The page shows this before the recipient. */
    retriedHow: { again: "New attempt for", looked_up: "Asked Twilio whether this was sent:" },
    refused: "Rejected by Home Assistant",
    missed: "Received too late",
    missedNote:
      "Home Assistant received these events as twilio_data_missed, so that no automation treats them as new.",
    webhooks: "Rejected webhooks",
    webhooksRefused: (count: number) => `${counted(count)} since the app started`,
    webhooksWhy: {
      unsigned: "It had no Twilio signature, so it did not come from Twilio.",
      wrong_signature:
        "Its signature was not valid. If your calls and messages do not arrive, compare auth_token and public_url with the Twilio Console.",
      too_large: "It was larger than any webhook from Twilio.",
      faulty: "It was not in the format of Twilio's webhooks.",
    },
    /** The page shows this before a time. */
    last: "last",
    journal: "The app's database (journal)",
    journalWhole: "Intact",
    /** The page shows this or `journalDamaged` before the time of the loss. */
    journalLost: "An earlier journal was lost",
    journalDamaged: "An earlier journal was damaged and has been replaced",
    /** The page shows this before the time of the copy. */
    journalFromCopy: "Restored from the backup copy of",
    journalLostNote:
      "Events and messages that were waiting in the earlier journal may be lost. If a journal is damaged more than once, the SD card is often failing.",
    backup: "Last backup copy",
    backupNone: "None yet",
    backupNoneNote: "The app makes a copy for each Home Assistant backup.",
    backupFailed: "Failed",
    backupFailedNote: "See the app's log for the reason.",
    megabytes: (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`,
  },
  day: {
    title: "Last 24 hours",
    messages: "Messages",
    calls: "Calls",
    of: (used: number, limit: number) => `${counted(used)} of ${counted(limit)}`,
    note: "Each recipient counts as one. The options limits.messages_per_day and limits.calls_per_day stop a runaway automation from using up your Twilio balance.",
    messagesReached:
      "The limit is reached. The app sends no more messages until earlier messages are 24 hours old. Calls are not affected.",
    callsReached:
      "The limit is reached. The app makes no more calls until earlier calls are 24 hours old. Messages are not affected.",
    /** The page shows this if the daily limit of messages is 0. */
    noMessages: "No messages are allowed: limits.messages_per_day is 0.",
    noCalls: "No calls are allowed: limits.calls_per_day is 0.",
  },
  history: {
    title: "History",
    messageFrom: "Message",
    messageTo: "Message sent",
    toConversation: (who: string) => `Conversation with ${who}`,
    empty: "Nothing yet.",
    older: "Older",
    newest: "Newest",
    pages: "Pages of the history",
    toAutomation: "Use in an automation",
    moreInfo: "Twilio's explanation",
    states: {
      pending: "Waiting for Home Assistant.",
      missed: "Received too late: Home Assistant received the event as twilio_data_missed.",
      storedOnly: "Stored only: the option incoming_messages ignores messages from strangers.",
      refused: "Rejected by Home Assistant:",
    },
    isRepeat: "Home Assistant may have received this event twice. The second event is marked as redelivered.",
    received: {
      incoming_call: (who: string) => `Call from ${who}.`,
      call: (who: string) => `Twilio asked for the next step of the call with ${who}.`,
      message: (who: string) => `Message from ${who}.`,
      message_status: (who: string) => `New status of a message to ${who}.`,
      call_status: (who: string) => `New status of a call with ${who}.`,
      recording: (who: string) => `A recording of ${who} is ready.`,
      other: () => "Twilio sent a webhook that is neither a call nor a message.",
    },
    pressedKeys: (who: string) => `Keys pressed in the call with ${who}.`,
    said: (who: string) => `Speech in the call with ${who}.`,
    fetched: "The app fetched this from Twilio later.",
    polled: "The app read this from Twilio's list.",
    messageStatus: (who: string, status: string) => `Message to ${who}: ${status}.`,
    callStatus: (who: string, status: string, seconds: number | null) =>
      `Call with ${who}: ${status}${inSeconds(seconds)}.`,
    recording: (who: string) => `A recording of the call with ${who} is ready.`,
    statuses: STATUSES,
    sent: (who: string) => `Message to ${who}: accepted by Twilio.`,
    notSent: (who: string) => `Message to ${who}: failed.`,
    called: (who: string) => `Call to ${who}: accepted by Twilio.`,
    notCalled: (who: string) => `Call to ${who}: failed.`,
    maybeSent: (who: string) => `Message to ${who}: it is not known whether it was sent.`,
    maybeCalled: (who: string) => `Call to ${who}: it is not known whether it was made.`,
    /** The text for each state of an alarm. */
    alarms: {
      started: () => "An alarm was started.",
      calling: (who: string) => `An alarm calls ${who}.`,
      repeated: () => "An alarm was started again.",
      taken: (who: string) => `${who} has taken an alarm.`,
      closed: () => "An alarm was closed.",
      unanswered: () => "An alarm ended, and nobody had taken it.",
      stopped: () => "An alarm was stopped.",
      blocked: () => "An alarm ended because of the daily limit.",
    } as Readonly<Record<string, (who: string) => string>>,
    alarmRequest: "An automation's request about an alarm was carried out.",
    noAlarmRequest: "An automation's request about an alarm was refused.",
    talked: "Call step: done.",
    notTalked: "Call step: failed.",
    requestRefused: "A request from an automation was rejected.",
    somebody: "somebody",
    andOthers: (count: number) => `${counted(count)} more`,
  },
  diagnostics: {
    title: "Diagnostics",
    note: "A file for the person who helps you: versions, counts, states and error codes. It contains no secrets, phone numbers, names or message texts.",
    download: "Download diagnostics",
  },
};

/** The type of the texts of the page Activity. `who` in them is a contact's name or a number. */
export type ActivityTexts = typeof ACTIVITY_EN;
