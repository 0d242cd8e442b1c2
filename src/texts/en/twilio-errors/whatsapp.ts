import type { ExplainedError } from "./explained-error.ts";

/** Errors of WhatsApp and the other channels. */
export const WHATSAPP_ERRORS = [
  [
    63001,
    "WhatsApp does not accept your sender.",
    "Open the sender under Messaging, Senders in the Twilio Console. You may have to add the sender again.",
  ],
  [
    63003,
    "The recipient cannot be found on this channel.",
    "Check the number, and that its owner uses WhatsApp.",
  ],
  [
    63005,
    "WhatsApp did not accept the content of the message.",
    "Check that the recipient uses WhatsApp and that the picture or file can be opened.",
  ],
  [
    63007,
    "The sender is not a WhatsApp sender of your account.",
    "Use a sender that the Twilio Console lists under Messaging, Senders, or the number of the WhatsApp sandbox.",
  ],
  [63012, "WhatsApp had an internal error.", "Try again later."],
  [
    63013,
    "The message breaks a rule of WhatsApp.",
    "Write the message in other words, or send a template that WhatsApp has approved.",
  ],
  [
    63015,
    "The WhatsApp sandbox may only write to phones that have joined it.",
    "From that phone, send the words that the sandbox's page in the Twilio Console shows.",
  ],
  [
    63016,
    "The recipient has not written to you on WhatsApp for 24 hours, so only a template may be sent.",
    "Send an approved template with content_sid, or wait until the recipient writes. The app cannot check this in advance.",
  ],
  [
    63018,
    "Your sender has reached its limit of messages on WhatsApp.",
    "Wait for a day, and change your automations so that they send fewer messages.",
  ],
  [
    63019,
    "The picture or file could not be fetched.",
    "Check that its web address can be reached from the internet and is not empty.",
  ],
  [
    63021,
    "The channel does not accept the content of the message.",
    "Check the type of the picture or file. A filled-in template may have at most 1,024 characters.",
  ],
  [
    63024,
    "The recipient cannot be reached on WhatsApp.",
    "The number does not use WhatsApp, or its owner has to update WhatsApp and accept its terms.",
  ],
  [
    63027,
    "WhatsApp has no such template in this language.",
    "Check content_sid, and that WhatsApp has approved the template.",
  ],
  [
    63028,
    "The number of values differs from the number of the template's placeholders.",
    "Give content_variables one value for each placeholder.",
  ],
  [
    63032,
    "WhatsApp does not deliver to this recipient at present.",
    "You cannot change this. Use SMS for this recipient.",
  ],
  [
    63033,
    "The recipient has opted out of your marketing messages on WhatsApp.",
    "Send a template of another category, such as utility.",
  ],
  [63034, "The picture or file is too big.", "Send a picture or file of at most 5 MB."],
  [
    63036,
    "The recipient cannot be reached by RCS at present.",
    "The phone is switched off, is offline or does not support RCS. Use SMS.",
  ],
  [
    63038,
    "Your account has reached its limit of messages for one day.",
    "Wait for a day, or ask Twilio's support to raise the limit.",
  ],
  [
    63049,
    "WhatsApp chose not to deliver this marketing message.",
    "Use a template of another category, such as utility.",
  ],
  [
    63051,
    "WhatsApp has locked your business account for breaking its rules.",
    "Appeal through Twilio's support.",
  ],
] as const satisfies readonly ExplainedError[];
