import type { ExplainedError } from "./explained-error.ts";

/** Errors of WhatsApp and the other channels. */
export const WHATSAPP_ERRORS = [
  [
    63001,
    "WhatsApp does not accept your sender.",
    "Look it up under Messaging, Senders in Twilio's console; you may have to add it again.",
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
    "Use one that Twilio's console lists under Messaging, Senders, or the sandbox's number.",
  ],
  [63012, "WhatsApp had an internal error.", "Try again later."],
  [
    63013,
    "The message breaks a rule of WhatsApp's.",
    "Change its wording, or send a template that WhatsApp has approved.",
  ],
  [
    63015,
    "The WhatsApp sandbox may only write to phones that have joined it.",
    "From that phone, send the words that the sandbox's page in Twilio's console shows.",
  ],
  [
    63016,
    "The recipient has not written to you on WhatsApp for 24 hours, so only a template may be sent.",
    "Send an approved template with content_sid, or wait until the recipient writes. This cannot be checked in advance.",
  ],
  [
    63018,
    "You have sent more on WhatsApp than your sender may.",
    "Wait for a day, and let automations send less.",
  ],
  [
    63019,
    "The picture or file could not be fetched.",
    "Check that its web address can be reached from the internet and is not empty.",
  ],
  [
    63021,
    "The channel does not accept the content of the message.",
    "Check the type of the picture or file; a filled-in template may have 1,024 characters at most.",
  ],
  [
    63024,
    "The recipient cannot be reached on WhatsApp.",
    "The number has no WhatsApp, or its owner has to update it and accept its terms.",
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
    "There is nothing to do about it: use SMS for this recipient.",
  ],
  [
    63033,
    "The recipient has opted out of your marketing messages on WhatsApp.",
    "Send a template of another category, such as utility.",
  ],
  [63034, "The picture or file is too big.", "Send one of 5 MB at most."],
  [
    63036,
    "The recipient cannot be reached by RCS at present.",
    "The phone is switched off, offline or without RCS: use SMS.",
  ],
  [
    63038,
    "Your account has sent as many messages as it may in a day.",
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
