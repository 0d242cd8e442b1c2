import type { FormParameters } from "./verify/parse-form.ts";

/**
 * The parameters with which Twilio describes a message or a call that rings. Families of names stand as a whole, since
 * Twilio adds to them.
 * Sources: twilio.com/docs/messaging/guides/webhook-request, …/docs/voice/twiml, …/docs/whatsapp, …/docs/rcs
 */
const TWILIO_PARAMETERS = [
  /^(AccountSid|ApiVersion|AddOns|ErrorCode|ErrorUrl|Timestamp)$/,
  /^(To|From|Called|Caller)(City|State|Zip|Country|Name)?$/,
  // Messages
  /^(Body|NumMedia|NumSegments|MessagingServiceSid|OptOutType)$/,
  /^(Message(Sid|Status|Type)|Sms(Sid|MessageSid|Status))$/,
  /^Media(Url|ContentType|Sid)\d+$/,
  // WhatsApp, RCS and the like
  /^(WaId|ProfileName|ExternalUserId|Username|StructuredMessage|RichContent|Forwarded|FrequentlyForwarded)$/,
  /^(Latitude|Longitude|Address|Label|Contacts)$/,
  /^(Button|Channel|Interactive|List|OriginalReplied|Referral)[A-Z]/,
  // Calls
  /^(CallSid|CallStatus|CallToken|Direction|ForwardedFrom|ParentCallSid)$/,
  /^(Sip|Stir)[A-Z]/,
] as const;

/** Whether a request has parameters that are not Twilio's, such as those that a Studio flow was told to send. */
export function hasOwnParameters(parameters: FormParameters): boolean {
  return !Object.keys(parameters).every((name) => TWILIO_PARAMETERS.some((pattern) => pattern.test(name)));
}
