export const CONVERSATIONS_EN = {
  title: "Conversations",
  /** Over the list. */
  latest: "The latest first",
  foundFor: (text: string) => `Found for “${text}”`,
  search: "Search",
  searchLabel: "Name, number or text",
  showAll: "Show all",
  none: "Nobody has written or called yet. Messages and calls appear here as soon as they come.",
  noneFound: "Nothing was found.",
  /** Where there may be more than was found. */
  searchEnds:
    "There may be more: only the newest texts are searched, and fifty conversations are shown at most.",
  older: "Older",
  newest: "To the newest",
  back: "All conversations",
  nothingHere: "There is nothing here, or it is older than what the app keeps.",
  withheld: "Number withheld",
  /** Of a conversation that is not there. */
  unknown: "No conversation",
  /** Over a conversation. */
  talk: "Messages and calls",
  you: "You",
  /** Read before the last text in the list, where it is ours. */
  youSaid: "You:",
  failedMark: "Failed",
  messages: (name: string) => `Messages and calls with ${name}`,
  picture: (number: number) => `Picture ${number}`,
  sound: (number: number) => `Sound ${number}`,
  video: (number: number) => `Video ${number}`,
  file: (number: number) => `File ${number}`,
  recording: "Recording",
  attached: "Attached:",
  template: (sid: string) => `Template ${sid}`,
  incomingCall: "Incoming call",
  outgoingCall: "Outgoing call",
  /** `time` as minutes and seconds. */
  lasted: (time: string) => `lasted ${time}`,
  entered: (characters: number) => `${characters} ${characters === 1 ? "character" : "characters"} entered`,
  details: "Details",
  waits: "Waits",
  /** By Twilio's word for the status. */
  statuses: {
    accepted: "Accepted",
    scheduled: "Scheduled",
    queued: "Queued",
    initiated: "Dialling",
    sending: "Being sent",
    sent: "Sent",
    delivered: "Delivered",
    partially_delivered: "Delivered in part",
    read: "Read",
    undelivered: "Not delivered",
    failed: "Failed",
    canceled: "Cancelled",
    ringing: "Rings",
    "in-progress": "Goes on",
    completed: "Ended",
    busy: "Busy",
    "no-answer": "Nobody answered",
  },
  channels: { sms: "SMS", whatsapp: "WhatsApp", rcs: "RCS" },
  reply: {
    title: "Reply",
    label: "Message",
    by: (channel: string) => `Goes by ${channel}.`,
    send: "Send",
    empty: "Nothing was sent: write a message.",
    tooLong: (count: number, most: number) =>
      `Nothing was sent: the message has ${count} characters, and Twilio takes at most ${most}. Shorten it, or send it in parts.`,
    notKept: "Nothing was sent: the app could not write it to its disk. Its log says why.",
    /** Of messages that wait. */
    heard: (count: number) =>
      count === 1
        ? "One reply waits for Home Assistant to be ready."
        : `${count} replies wait for Home Assistant to be ready.`,
    away: "Home Assistant is away: the app sends it when Home Assistant is back, if that is within ten minutes.",
    impossible: "Nobody can be answered here: there is no number.",
  },
  entry: {
    title: "Details",
    known: "What is known of it",
    back: "Back to the conversation",
    at: "Time",
    with: "With",
    ours: "Our number",
    /** Where the request names none. */
    usual: "The usual one",
    status: "Status",
    explained: "Why",
    moreAtTwilio: "More at Twilio",
    segments: "Segments",
    price: "Price",
    noPrice: "Twilio does not say yet",
    askedBy: "Asked for by",
    entered: "Entered",
    sid: "SID at Twilio",
    gone: "This is gone: it is older than what the app keeps.",
  },
  media: {
    gone: "Twilio has this file no more.",
    unreadable: "This file is not shown: it is too large, or of a type that could do harm.",
    away: "Twilio did not give this file. Try again later.",
  },
};

/** The texts of the conversations. */
export type ConversationsTexts = typeof CONVERSATIONS_EN;
