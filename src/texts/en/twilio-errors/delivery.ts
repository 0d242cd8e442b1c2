import type { ExplainedError } from "./explained-error.ts";

/** Errors of messages that Twilio accepted but that did not arrive. */
export const DELIVERY_ERRORS = [
  [
    30001,
    "Too many messages from this sender were waiting to be sent.",
    "Send fewer messages, and find out which automation sends so many.",
  ],
  [
    30002,
    "Your account was suspended before the message could be sent.",
    "Check it in Twilio's console: its balance may be used up. Otherwise ask Twilio's support.",
  ],
  [
    30003,
    "The phone could not be reached.",
    "It may be switched off or without signal, or it cannot receive SMS: try again later.",
  ],
  [
    30004,
    "The message was blocked on its way to this number.",
    "It may be a landline, or it accepts no messages of this kind. Do not send again: repeated attempts make the block worse.",
  ],
  [30005, "The number is not known, and may not exist any more.", "Check its digits."],
  [
    30006,
    "The number is a landline, or its network cannot be reached.",
    "Call it instead, or send to a mobile number.",
  ],
  [
    30007,
    "The message was filtered as unwanted, by Twilio or by the network.",
    "Change its wording and leave out links. In the US, register the number for A2P 10DLC.",
  ],
  [
    30008,
    "The network did not deliver the message and gave no reason.",
    "Try again later; if it happens with one number only, check that it can receive SMS.",
  ],
  [
    30009,
    "A part of a long message did not arrive, so the whole message is missing.",
    "Ask the sender to send it again.",
  ],
  [30011, "The phone or the region does not support pictures by MMS.", "Send a link instead."],
  [30017, "The network has too much traffic for the message at present.", "Try again later."],
  [
    30018,
    "The recipient's country requires registered sender IDs, and yours is not registered.",
    "Use a number as the sender, or register the sender ID with Twilio.",
  ],
  [30019, "The message is too big for the recipient's network.", "Send a smaller picture or a shorter text."],
  [
    30022,
    "You have sent more messages than US networks allow for your number.",
    "Let automations send more slowly.",
  ],
  [
    30023,
    "The daily limit of a US network for your messages is reached.",
    "The limit is reset at midnight, Pacific time.",
  ],
  [
    30024,
    "The recipient's network does not know this sender yet.",
    "After its registration, a number needs some days. If the error continues, ask Twilio's support.",
  ],
  [
    30032,
    "The toll-free number is not verified, so its messages to the US and Canada are blocked.",
    "Have it verified (toll-free verification) in Twilio's console.",
  ],
  [30033, "The A2P 10DLC campaign that the sender belongs to is suspended.", "Ask Twilio's support why."],
  [
    30034,
    "The sender is not registered for A2P 10DLC, so US networks block its messages.",
    "Register a brand and a campaign under Trust Hub, Registrations in Twilio's console, and add the number. Or send from a verified toll-free number.",
  ],
  [
    30035,
    "The sender's registration for A2P 10DLC is not finished.",
    "Wait until Twilio's console shows the number as registered.",
  ],
  [
    30036,
    "The message was not delivered within its validity period.",
    "Make valid_for longer, or leave it out.",
  ],
  [30037, "Your account is set up to send no messages.", "Ask Twilio's support to enable them."],
  [
    30040,
    "The recipient's network requires registered sender IDs and blocks yours.",
    "Use a number as the sender, or register the sender ID with Twilio.",
  ],
  [
    30041,
    "The sender is not registered for the United Kingdom.",
    "Register it with Twilio, or use another number as the sender.",
  ],
  [
    30042,
    "The sender ID is too general or contains characters that are not allowed.",
    "Use a number as the sender, or another sender ID.",
  ],
  [
    30410,
    "The network did not answer Twilio in time. Twilio did not try again, to avoid sending the message twice.",
    "Try again later.",
  ],
  [
    30450,
    "Twilio blocks messages to this number for a while, because it suspects fraud (SMS pumping).",
    "It ends by itself, usually within half an hour.",
  ],
  [
    30453,
    "Twilio does not deliver to this number for some hours, because it suspects fraud.",
    "This ends by itself after some hours. If it does not, ask Twilio's support.",
  ],
  [
    30454,
    "Your account has sent as many messages as it may; trial accounts may send few.",
    "Wait, or upgrade the account in Twilio's console.",
  ],
  [
    30485,
    "Twilio does not deliver to this number for some hours, because it suspects fraud.",
    "This ends by itself after some hours. If it does not, ask Twilio's support.",
  ],
  [
    30500,
    "Twilio had an internal error with this message.",
    "Send it again; if that fails too, look at status.twilio.com.",
  ],
] as const satisfies readonly ExplainedError[];
