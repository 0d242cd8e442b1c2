export const CONVERSATIONS_EN = {
  title: "Conversations",
  /** Above the list. */
  latest: "Latest first",
  foundFor: (text: string) => `Results for “${text}”`,
  search: "Search",
  searchLabel: "Name, number or text",
  showAll: "Show all",
  none: "No messages or calls yet. They appear here as soon as they arrive.",
  noneFound: "No results.",
  /** Shown if the search has been limited. */
  searchEnds:
    "There may be more results. The search covers only the newest texts and shows at most fifty conversations.",
  older: "Older",
  newest: "Newest",
  back: "All conversations",
  nothingHere: "There is nothing here. Old messages and calls are deleted automatically.",
  withheld: "Number withheld",
  /** The name of a conversation that does not exist. */
  unknown: "Unknown conversation",
  /** Above a conversation. */
  talk: "Messages and calls",
  you: "You",
  /** In the list of conversations: in front of the latest text, if the user sent it. */
  youSaid: "You:",
  failedMark: "Failed",
  messages: (name: string) => `Messages and calls with ${name}`,
  picture: (number: number) => `Picture ${number}`,
  sound: (number: number) => `Audio ${number}`,
  video: (number: number) => `Video ${number}`,
  file: (number: number) => `File ${number}`,
  recording: "Recording",
  attached: "Attached:",
  template: (sid: string) => `Template ${sid}`,
  incomingCall: "Incoming call",
  outgoingCall: "Outgoing call",
  /** `time` in minutes and seconds, such as `1:05`. */
  lasted: (time: string) => `duration ${time}`,
  entered: (characters: number) => `${characters} ${characters === 1 ? "character" : "characters"} entered`,
  details: "Details",
  waits: "Waiting",
  /** The name of each status, by Twilio's word for it. */
  statuses: {
    accepted: "Accepted",
    scheduled: "Scheduled",
    queued: "Queued",
    initiated: "Dialing",
    sending: "Sending",
    sent: "Sent",
    delivered: "Delivered",
    partially_delivered: "Partially delivered",
    read: "Read",
    undelivered: "Not delivered",
    failed: "Failed",
    canceled: "Canceled",
    ringing: "Ringing",
    "in-progress": "In progress",
    completed: "Ended",
    busy: "Busy",
    "no-answer": "No answer",
  },
  channels: { sms: "SMS", whatsapp: "WhatsApp", rcs: "RCS" },
  reply: {
    title: "Reply",
    label: "Message",
    by: (channel: string) => `The reply is sent by ${channel}.`,
    send: "Send",
    empty: "Nothing was sent. Enter a message.",
    tooLong: (count: number, most: number) =>
      `Nothing was sent. The message has ${count} characters, and Twilio accepts at most ${most}. Shorten it or send it in parts.`,
    notStored: "Nothing was sent. The app could not write the message to its disk. See the app's log.",
    pending: (count: number) =>
      count === 1
        ? "1 reply is waiting for Home Assistant."
        : `${count} replies are waiting for Home Assistant.`,
    away: "Home Assistant is not connected. The app sends the reply if the connection returns within ten minutes.",
    impossible: "You cannot reply here: there is no number that can receive messages.",
  },
  entry: {
    title: "Details",
    known: "All details",
    back: "Back to the conversation",
    at: "Time",
    with: "With",
    ours: "Your number",
    /** Where the request names no sender. */
    usual: "Default sender",
    status: "Status",
    explained: "Reason",
    moreAtTwilio: "More at Twilio",
    segments: "Segments",
    price: "Price",
    noPrice: "Not reported by Twilio yet",
    askedBy: "Requested by",
    entered: "Input",
    sid: "Twilio SID",
    gone: "This entry no longer exists. Old messages and calls are deleted automatically.",
  },
  media: {
    gone: "Twilio no longer has this file.",
    unreadable: "This file is not shown. It is too large, or its type could be harmful.",
    away: "Twilio did not deliver this file. Try again later.",
  },
};

/** The texts of the page Conversations and of the pages below it. */
export type ConversationsTexts = typeof CONVERSATIONS_EN;
