const inSeconds = (seconds: number | null): string => (seconds === null ? "" : `, ${seconds} s`);

/** By Twilio's word for the status; a language has those that differ from that word. */
const STATUSES: Readonly<Record<string, string>> = { canceled: "cancelled" };

export const ACTIVITY_EN = {
  now: {
    title: "Right now",
    events: "Waits for Home Assistant",
    commands: "Waits for Twilio",
    nothing: "Nothing",
    /** Before the time since when. */
    since: "since",
    more: (count: number) => `and ${count} more`,
    unproven: "Twilio is being asked how old it is",
    steps: {
      waiting: "not asked yet, or about to be asked again",
      asking: "asked; the answer is awaited or looked up",
      sent: "Twilio has it; its status is awaited",
      done: "done",
    },
    commandNames: { send_message: "Message", make_call: "Call", talk: "Step on a call" },
    retried: "Tried again",
    sinceStart: "Since the app's start",
    /** Stands before the recipient. */
    retriedHow: { again: "Asked for again: to", looked_up: "Looked up at Twilio: to" },
    refused: "Rejected",
    missed: "Came too late",
    missedNote: "Home Assistant was told of it as twilio_data_missed, so that nothing acts on it late.",
    webhooks: "Requests turned away",
    webhooksRefused: (count: number) => `${count} since the app's start`,
    webhooksWhy: {
      unsigned: "It had no signature of Twilio's: somebody else looked in.",
      wrong_signature:
        "Its signature did not fit. If your calls and messages do not arrive, compare auth_token and public_url with Twilio's console.",
      too_large: "It was larger than anything that Twilio sends.",
      faulty: "It was not what Twilio sends.",
    },
    /** Before a time. */
    last: "last",
    journal: "Journal",
    journalWhole: "Whole",
    journalLost: "An earlier one was lost",
    journalDamaged: "The earlier one was damaged and is kept aside",
    journalFromCopy: "Restored from a backup's copy of",
    journalLostNote:
      "What waited in it may be gone. A journal that is damaged more than once often means a failing SD card.",
    backup: "Last backup copy",
    backupNone: "None yet",
    backupNoneNote: "Home Assistant's backup makes one.",
    backupFailed: "Failed",
    backupFailedNote: "The app's log says why.",
    megabytes: (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`,
  },
  day: {
    title: "In the last 24 hours",
    messages: "Messages",
    calls: "Calls",
    of: (used: number, limit: number) => `${used} of ${limit}`,
    note: "Each recipient counts one. The options limits.messages_per_day and limits.calls_per_day keep a runaway automation from emptying your account.",
    messagesReached:
      "The limit is reached: until some of them are 24 hours old, no more messages are sent. Calls are not affected.",
    callsReached:
      "The limit is reached: until some of them are 24 hours old, no more calls are made. Messages are not affected.",
    /** Where the limit is 0. */
    noMessages: "None are allowed: limits.messages_per_day is 0.",
    noCalls: "None are allowed: limits.calls_per_day is 0.",
  },
  history: {
    title: "What happened",
    empty: "Nothing yet.",
    older: "Older",
    newest: "Newest",
    pages: "Older and newer",
    toAutomation: "Use in an automation",
    moreInfo: "What Twilio says about it",
    states: {
      pending: "It waits for Home Assistant.",
      missed: "It came too late: Home Assistant was told of it as twilio_data_missed.",
      kept: "It is only kept: incoming_messages says that strangers fire nothing.",
      refused: "Home Assistant refused it:",
    },
    isRepeat: "Home Assistant may have been told of it twice; it is marked as redelivered.",
    received: {
      incoming_call: (who: string) => `${who} called.`,
      call: (who: string) => `Twilio asked what to do on the call with ${who}.`,
      message: (who: string) => `${who} wrote a message.`,
      message_status: (who: string) => `There is news of a message to ${who}.`,
      call_status: (who: string) => `There is news of a call with ${who}.`,
      recording: (who: string) => `A recording of ${who} is ready.`,
      other: () => "Twilio sent something that is no call and no message.",
    },
    pressedKeys: (who: string) => `${who} pressed keys on a call.`,
    said: (who: string) => `${who} said something on a call.`,
    fetched: "It was fetched from Twilio afterwards.",
    polled: "It was read from Twilio's list.",
    messageStatus: (who: string, status: string) => `Message to ${who}: ${status}.`,
    callStatus: (who: string, status: string, seconds: number | null) =>
      `Call with ${who}: ${status}${inSeconds(seconds)}.`,
    recording: (who: string) => `A recording of the call with ${who} is ready.`,
    statuses: STATUSES,
    sent: (who: string) => `Message to ${who}: Twilio has it.`,
    notSent: (who: string) => `Message to ${who}: failed.`,
    called: (who: string) => `Call to ${who}: Twilio has it.`,
    notCalled: (who: string) => `Call to ${who}: failed.`,
    talked: "A step on a call was done.",
    notTalked: "A step on a call failed.",
    requestRefused: "A request of an automation was refused.",
    somebody: "somebody",
    andOthers: (count: number) => `${count} more`,
  },
  diagnostics: {
    title: "Diagnostics",
    note: "A file for whoever helps you: versions, counts, states and error codes. No secret, no number, no name and no text is in it.",
    download: "Download diagnostics",
  },
};

/** The texts of the page that tells what waits, what failed and what happened. `who`: a name, or a masked number. */
export type ActivityTexts = typeof ACTIVITY_EN;
