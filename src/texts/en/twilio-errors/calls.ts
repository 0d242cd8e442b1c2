import type { ExplainedError } from "./explained-error.ts";

/** Errors of the account, and of calls that Twilio refuses to make or to change. */
export const CALL_ERRORS = [
  [
    10001,
    "Your Twilio account is not active.",
    "Check it in Twilio's console: its balance may be used up, or Twilio may have suspended it.",
  ],
  [10002, "A trial account may not do this.", "Upgrade the account in Twilio's console."],
  [
    10004,
    "Your account has too many simultaneous calls.",
    "Wait until one has ended. A trial account, or one without an approved customer profile, may make only a few.",
  ],
  [
    20003,
    "Twilio does not accept the credentials.",
    "Check account_sid and auth_token, or the API key, in the app's options: the token may have been rotated, the key deleted or the account suspended.",
  ],
  [
    20005,
    "Your Twilio account is not active.",
    "Check it in Twilio's console: its balance may be used up, or Twilio may have suspended it.",
  ],
  [
    20403,
    "Your account may not use Twilio's API.",
    "Usually it is suspended or closed: ask Twilio's support.",
  ],
  [
    20404,
    "Twilio cannot find the requested item.",
    "Check account_sid in the app's options, and the SID in the request.",
  ],
  [
    20429,
    "Your account sent too many simultaneous requests, so Twilio did not process this one.",
    "If this happens often, let automations send fewer at the same time.",
  ],
  [21201, "The call has no number to call.", "Give a number or a contact as `to`."],
  [21202, "The number is a premium-rate number, which Twilio does not call.", "Call another number."],
  [
    21203,
    "Your account may not call other countries.",
    "Enable the country among the voice geographic permissions in Twilio's console.",
  ],
  [
    21205,
    "The web address with the call's instructions is not a valid URL.",
    "Write it in full, beginning with https://, and so that Twilio can reach it from the internet.",
  ],
  [
    21210,
    "The number to call from is neither a number of your Twilio account nor a verified caller ID.",
    "Use one of the account's numbers, or verify this one under Phone Numbers, Verified Caller IDs in Twilio's console.",
  ],
  [21211, "The number is not a valid phone number.", "Write it with + and the country's code."],
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
    "Enable the country among the voice geographic permissions in Twilio's console.",
  ],
  [
    21216,
    "Twilio blocks calls to this number.",
    "It may count as a risk of fraud. Calls to the US or Canada may need an approved customer profile, made under Trust Hub in Twilio's console. If neither helps, ask Twilio's support.",
  ],
  [
    21217,
    "The number does not look like a valid phone number.",
    "Check its digits, and write it with + and the country's code.",
  ],
  [
    21219,
    "A trial account may only call numbers that you have verified.",
    "Verify the number under Phone Numbers, Verified Caller IDs in Twilio's console, or upgrade the account.",
  ],
  [
    21220,
    "The call has already ended, so it cannot be changed.",
    "Most likely the caller has hung up; the automation should continue without the call.",
  ],
  [
    70051,
    "The API key may not do this, or it does not belong to this account.",
    "Give the key the permission in Twilio's console, or use a standard key of the account.",
  ],
  [
    573002,
    "A trial account can call a verified number only from the trial number that Twilio has assigned to it.",
    "Look up in Twilio's console which number that is and use it as the sender, or upgrade the account.",
  ],
  [
    573005,
    "A trial account may only call numbers that you have verified, and the verification of this one is not finished.",
    "In Twilio's console, enter the code that Twilio sent to this number, or upgrade the account.",
  ],
] as const satisfies readonly ExplainedError[];
