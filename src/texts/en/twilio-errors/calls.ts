import type { ExplainedError } from "./explained-error.ts";

/** Errors of the account, and of calls that Twilio refuses to make or to change. */
export const CALL_ERRORS = [
  [
    10001,
    "Your Twilio account is not active.",
    "Check the account in the Twilio Console: its balance may be used up, or Twilio may have suspended the account.",
  ],
  [10002, "Twilio does not allow this for trial accounts.", "Upgrade the account in the Twilio Console."],
  [
    10004,
    "Your account has too many simultaneous calls.",
    "Wait until one call has ended. A trial account, or an account without an approved customer profile, may have only a few calls at the same time.",
  ],
  [
    20003,
    "Twilio does not accept the credentials.",
    "Check account_sid and auth_token, or the API key, in the app's options. Perhaps the Auth Token was replaced, the API key was deleted, or the account was suspended.",
  ],
  [
    20005,
    "Your Twilio account is not active.",
    "Check the account in the Twilio Console: its balance may be used up, or Twilio may have suspended the account.",
  ],
  [
    20403,
    "Your account may not use Twilio's API.",
    "Usually the account is suspended or closed: ask Twilio's support.",
  ],
  [
    20404,
    "Twilio cannot find the requested item.",
    "Check account_sid in the app's options, and the SID in the request.",
  ],
  [
    20429,
    "Your account sent too many requests at the same time, so Twilio did not process this request.",
    "If this happens often, change your automations so that they send fewer messages at the same time.",
  ],
  [21201, "The call has no number to call.", "Give a number or a contact as `to`."],
  [21202, "The number is a premium-rate number, which Twilio does not call.", "Call another number."],
  [
    21203,
    "Your account may not call other countries.",
    "Enable the country in the voice geographic permissions in the Twilio Console.",
  ],
  [
    21205,
    "The web address with the call's instructions is not a valid URL.",
    "Write the complete address, beginning with https://. Twilio must be able to reach it from the internet.",
  ],
  [
    21210,
    "The number to call from is neither a number of your Twilio account nor a verified caller ID.",
    "Use one of the account's numbers, or verify this number under Verified Caller IDs in the Twilio Console.",
  ],
  [21211, "The number is not a valid phone number.", "Write the number with + and the country's code."],
  [
    21212,
    "The sender is not a valid phone number or sender ID.",
    "Use a number of your Twilio account, with + and the country's code.",
  ],
  [
    21213,
    "The call has no number to call from.",
    "Set default_sender in the app's options, or give a sender.",
  ],
  [21214, "The number cannot be called.", "Check its digits, or call another number."],
  [
    21215,
    "Your account may not call this country.",
    "Enable the country in the voice geographic permissions in the Twilio Console.",
  ],
  [
    21216,
    "Twilio blocks calls to this number.",
    "Twilio may see a risk of fraud. For calls to the US or Canada, create a customer profile under Trust Hub in the Twilio Console. If Twilio still blocks the calls, ask Twilio's support.",
  ],
  [
    21217,
    "The number does not look like a valid phone number.",
    "Check its digits, and write it with + and the country's code.",
  ],
  [
    21219,
    "A trial account may only call numbers that you have verified.",
    "Verify the number under Verified Caller IDs in the Twilio Console, or upgrade the account.",
  ],
  [
    21220,
    "The call has already ended, so it cannot be changed.",
    "The caller has probably hung up, so the automation should continue without the call.",
  ],
  [
    70051,
    "The API key does not have the permission for this, or it belongs to another account.",
    "Give the key the permission in the Twilio Console, or use a standard key of the account.",
  ],
  [
    573002,
    "A trial account can call a verified number only from the trial number that Twilio has assigned to it.",
    "Look up the trial number in the Twilio Console and use it as the sender, or upgrade the account.",
  ],
  [
    573005,
    "A trial account may only call numbers that you have verified, and the verification of this number is not finished.",
    "In the Twilio Console, enter the code that Twilio sent to this number, or upgrade the account.",
  ],
] as const satisfies readonly ExplainedError[];
