import type { FormParameters } from "./verify/parse-form.ts";

/**
 * Matches Twilio's own parameters of webhooks about messages and ringing calls. Patterns cover families of names,
 * because Twilio adds new ones.
 * Sources: twilio.com/docs/messaging/guides/webhook-request, …/docs/voice/twiml, …/docs/whatsapp, …/docs/rcs
 */
const TWILIO_PARAMETERS = [
  /^(AccountSid|ApiVersion|AddOns|ErrorCode|ErrorUrl|Timestamp)$/,
  /^(To|From|Called|Caller)(City|State|Zip|Country|Name)?$/,
  // Parameters of messages
  /^(Body|NumMedia|NumSegments|MessagingServiceSid|OptOutType)$/,
  /^(Message(Sid|Status|Type)|Sms(Sid|MessageSid|Status))$/,
  /^Media(Url|ContentType|Sid)\d+$/,
  // Parameters of WhatsApp, RCS and other channels
  /^(WaId|ProfileName|ExternalUserId|Username|StructuredMessage|RichContent|Forwarded|FrequentlyForwarded)$/,
  /^(Latitude|Longitude|Address|Label|Contacts)$/,
  /^(Button|Channel|Interactive|List|OriginalReplied|Referral)[A-Z]/,
  // Parameters of calls
  /^(CallSid|CallStatus|CallToken|Direction|ForwardedFrom|ParentCallSid)$/,
  /^(Sip|Stir)[A-Z]/,
];

/** All patterns in one. A webhook has about twenty names, and one search for each is faster than ten. */
const ANY_TWILIO_PARAMETER = new RegExp(TWILIO_PARAMETERS.map(({ source }) => source).join("|"));

/** Whether a webhook has parameters that are not Twilio's own. A Studio flow can add such parameters. */
export function hasOwnParameters(parameters: FormParameters): boolean {
  return !Object.keys(parameters).every((name) => ANY_TWILIO_PARAMETER.test(name));
}
