import type { ExplainedError } from "./explained-error.ts";

/** Errors of messages that Twilio does not accept. */
export const MESSAGE_ERRORS = [
  [
    21408,
    "Your account may not send messages to this country.",
    "Enable the country in the messaging geographic permissions in the Twilio Console.",
  ],
  [
    21602,
    "The message has neither a text nor a picture.",
    "Give a text as `message`, or a picture as `media`.",
  ],
  [21603, "The message has no sender.", "Set default_sender in the app's options, or give a sender."],
  [21604, "The message has no recipient.", "Give a number or a contact as `to`."],
  [
    21606,
    "The sender is not a number of your Twilio account that can send messages to this recipient.",
    "Use one of the account's numbers that can send SMS. A short code can only send messages to phones in its own country.",
  ],
  [
    21607,
    "A trial account may only send from its own trial number.",
    "Use the trial number as the sender, or upgrade the account in the Twilio Console.",
  ],
  [
    21608,
    "Your account may only send messages to numbers that you have verified, because it is a trial account or has no approved customer profile.",
    "Verify the number under Verified Caller IDs in the Twilio Console, or upgrade the account.",
  ],
  [
    21609,
    "Twilio cannot report the delivery to the app, because the app's public address is not valid.",
    "Check public_url in the app's options.",
  ],
  [
    21610,
    "The recipient has written STOP to this sender, so Twilio sends no more messages from it to this recipient.",
    "Only the recipient can change this: by sending START to the sender's number.",
  ],
  [
    21611,
    "Twilio's queue for this sender is full.",
    "The message was not sent. Find out which automation sends so many messages, and let it send fewer.",
  ],
  [
    21612,
    "Twilio cannot send a message from this sender to this number.",
    "Check the number, or use another sender. Some countries and networks accept only certain kinds of senders.",
  ],
  [
    21614,
    "The number is not a mobile number.",
    "The number may be a landline: call it instead, or check its digits.",
  ],
  [
    21616,
    "The sender fits several numbers of your account.",
    "Write the complete number, with + and the country's code.",
  ],
  [
    21617,
    "The message is longer than 1,600 characters.",
    "Shorten the message or send it in parts. Emoji and special characters count as several characters.",
  ],
  [
    21618,
    "The networks block the text of this message.",
    "Write the message in other words. Links are often the reason.",
  ],
  [
    21619,
    "The message has neither a text nor a picture nor a template.",
    "Give a text as `message`, a picture as `media`, or a template as `content_sid`.",
  ],
  [
    21620,
    "The web address of a picture or file is not a valid URL.",
    "Write the complete address, beginning with https://.",
  ],
  [
    21621,
    "The sender cannot send pictures.",
    "Use a number that can send MMS, or send a link instead. Most countries have no numbers for MMS.",
  ],
  [
    21622,
    "Your account may not send pictures.",
    "Ask Twilio's support to enable MMS, or send a link instead.",
  ],
  [21623, "The message has too many pictures or files.", "Send at most ten pictures or files."],
  [
    21624,
    "Twilio does not accept the validity period of the message (valid_for).",
    "Enter valid_for in whole seconds, at most 36,000.",
  ],
  [21635, "The number is a landline, which cannot receive messages.", "Call it instead."],
  [
    21655,
    "The SID of the template is wrong.",
    "content_sid begins with HX: copy it from Messaging, Content Template Builder in the Twilio Console.",
  ],
  [
    21656,
    "The values for the template's placeholders are in a wrong format.",
    'Give content_variables as names and texts, such as {"1": "Alice"}.',
  ],
  [
    21657,
    "Phones in this country cannot receive messages from this sender ID.",
    "Use a number as the sender, or a sender ID that this country allows.",
  ],
  [
    21659,
    "The sender is not a Twilio number, or it is a short code of another country.",
    "Use a number of your Twilio account, with + and the country's code.",
  ],
  [
    21660,
    "The sender is a number of another Twilio account.",
    "Use a number of the account whose account_sid is in the app's options.",
  ],
  [
    21661,
    "The sender cannot send messages.",
    "Use a number of your account that can send SMS, as the list of numbers in the Twilio Console shows.",
  ],
  [
    21701,
    "There is no such Messaging Service in your account.",
    "Check the sender: its SID begins with MG and is shown in the Twilio Console.",
  ],
  [
    21702,
    "The Messaging Service cannot send at present.",
    "For the reason, open the service under Messaging, Services in the Twilio Console.",
  ],
  [
    21703,
    "No sender in the Messaging Service can send this message to this number.",
    "Add a suitable number. Messages to the US and Canada need a number from there. Pictures need a number that can send MMS.",
  ],
  [
    21704,
    "The Messaging Service has no senders.",
    "Add a number to it under Messaging, Services in the Twilio Console.",
  ],
  [
    21705,
    "The SID of the Messaging Service is wrong.",
    "The SID begins with MG. You find it under Messaging, Services in the Twilio Console.",
  ],
  [
    572002,
    "A trial account can write to a verified number only from the trial number that Twilio has assigned to it.",
    "Look up the trial number in the Twilio Console and use it as the sender, or upgrade the account.",
  ],
  [
    572005,
    "A trial account may only write to numbers that you have verified, and the verification of this number is not finished.",
    "In the Twilio Console, enter the code that Twilio sent to this number, or upgrade the account.",
  ],
  [
    572006,
    "A trial account can only send Twilio's sample texts.",
    "Upgrade the account in the Twilio Console to send texts of your own.",
  ],
] as const satisfies readonly ExplainedError[];
