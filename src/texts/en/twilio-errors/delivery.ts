import type { ExplainedError } from "./explained-error.ts";

/** Errors of messages that Twilio accepted but that did not arrive. */
export const DELIVERY_ERRORS = [
  [
    30001,
    "Too many messages from this sender were waiting to be sent.",
    "Find out which automation sends so many messages, and let it send fewer.",
  ],
  [
    30002,
    "Your account was suspended before the message could be sent.",
    "Check the account in the Twilio Console: its balance may be used up. If the balance is not used up, ask Twilio's support.",
  ],
  [
    30003,
    "The phone could not be reached.",
    "It may be switched off, have no signal, or be unable to receive SMS. Try again later.",
  ],
  [
    30004,
    "The message was blocked on its way to this number.",
    "The number may be a landline, or it accepts no messages of this kind. Do not send the message again, because further attempts can extend the block.",
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
    "Write the message in other words and without links. In the US, register your number for A2P 10DLC.",
  ],
  [
    30008,
    "The network did not deliver the message and gave no reason.",
    "Try again later. If this happens with one number only, check that this number can receive SMS.",
  ],
  [
    30009,
    "A part of a long message did not arrive, so the whole message is missing.",
    "Ask the sender to send the message again.",
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
    "Change your automations so that they send fewer messages at the same time.",
  ],
  [
    30023,
    "The daily limit of a US network for your messages is reached.",
    "Send the message again after midnight, Pacific time. Then the limit starts again.",
  ],
  [
    30024,
    "The recipient's network does not know this sender yet.",
    "After a number is registered, networks need some days to accept it. If the error continues, ask Twilio's support.",
  ],
  [
    30032,
    "The toll-free number is not verified, so its messages to the US and Canada are blocked.",
    "Apply for its verification (toll-free verification) in the Twilio Console.",
  ],
  [30033, "The A2P 10DLC campaign that the sender belongs to is suspended.", "Ask Twilio's support why."],
  [
    30034,
    "The sender is not registered for A2P 10DLC, so US networks block its messages.",
    "Register a brand and a campaign under Trust Hub, Registrations in the Twilio Console, and add the number to the campaign. Or send from a verified toll-free number.",
  ],
  [
    30035,
    "The sender's registration for A2P 10DLC is not finished.",
    "Wait until the Twilio Console shows the number as registered.",
  ],
  [
    30036,
    "The message was not delivered within its validity period (valid_for).",
    "Make valid_for longer, or leave valid_for out.",
  ],
  [30037, "Your account is set up to send no messages.", "Ask Twilio's support to enable messages."],
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
    "Wait: the block ends by itself, usually within half an hour.",
  ],
  [
    30453,
    "Twilio does not deliver to this number for some hours, because it suspects fraud.",
    "Wait: the block ends by itself after some hours. If it does not end, ask Twilio's support.",
  ],
  [
    30454,
    "Your account has reached its limit of messages. Trial accounts may send only a few messages.",
    "Wait for a day, or upgrade the account in the Twilio Console.",
  ],
  [
    30485,
    "Twilio does not deliver to this number for some hours, because it suspects fraud.",
    "Wait: the block ends by itself after some hours. If it does not end, ask Twilio's support.",
  ],
  [
    30500,
    "Twilio had an internal error with this message.",
    "Send the message again. If that fails, too, look at status.twilio.com.",
  ],
] as const satisfies readonly ExplainedError[];
