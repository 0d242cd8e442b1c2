import { pointsHere, type MessageNumber, type PollingChoice } from "./message-number.ts";

/**
 * Why the app polls the messages of a number, or why it does not poll them.
 *
 * - `chosen`: on the page *Set up*, the user chose that the number is polled
 * - `declined`: on the page *Set up*, the user chose that the number is not polled
 * - `points_here`: Twilio sends the number's messages to the app
 * - `only_free_one`: Twilio sends the number's messages to nobody, and the app could poll no other number of the
 *   account
 * - `several`: Twilio sends the number's messages to nobody, but the app could poll other numbers, too. So the user
 *   must choose
 * - `other_relay`: Twilio sends the number's messages to nobody, but the number may belong to another installation of
 *   the app
 * - `others`: Twilio sends the number's messages to another receiver
 * - `unknown`: the credentials do not allow the app to read who receives the number's messages
 * - `sender`: the number is a sender of a channel such as WhatsApp, which is polled only if the user chooses it
 */
export type PollingReason =
  | "chosen"
  | "points_here"
  | "only_free_one"
  | "declined"
  | "several"
  | "other_relay"
  | "others"
  | "unknown"
  | "sender";

export interface PollingDecision {
  readonly number: MessageNumber;
  readonly isPolled: boolean;
  readonly reason: PollingReason;
}

export interface NumberChoices {
  readonly choiceOf: (address: string) => PollingChoice;
  /** Whether another installation of this app has a webhook relay (a small program at Twilio) in the account. */
  readonly hasOtherRelay: boolean;
}

/**
 * Decides which numbers are polled. The user's choice counts first. Without a choice, the app polls each number whose
 * messages Twilio sends to the app or its relay.
 *
 * If Twilio sends the messages of a number to nobody, the number may belong to another house or to a shop with the same
 * account. Without a choice, the app polls such a number only if it could poll no other one. The app does not poll the
 * number if another installation has a relay in the account.
 */
export function choosePolledNumbers(
  numbers: readonly MessageNumber[],
  { choiceOf, hasOtherRelay }: NumberChoices,
): PollingDecision[] {
  const candidates = numbers.filter(
    ({ address, receiver, isSender }) =>
      !isSender && (receiver === "nobody" || pointsHere(receiver)) && choiceOf(address) !== "off",
  );
  return numbers.map((number) => {
    const reason = reasonFor(number, choiceOf(number.address), hasOtherRelay, candidates.length > 1);
    return { number, reason, isPolled: isPolledBecause(reason) };
  });
}

function reasonFor(
  { receiver, isSender }: MessageNumber,
  choice: PollingChoice,
  hasOtherRelay: boolean,
  areSeveral: boolean,
): PollingReason {
  if (choice === "on") return "chosen";
  if (choice === "off") return "declined";
  if (isSender) return "sender";
  switch (receiver) {
    case "us":
    case "relay":
      return "points_here";
    case "nobody":
      if (hasOtherRelay) return "other_relay";
      return areSeveral ? "several" : "only_free_one";
    case "others":
    case "unknown":
      return receiver;
  }
}

function isPolledBecause(reason: PollingReason): boolean {
  switch (reason) {
    case "chosen":
    case "points_here":
    case "only_free_one":
      return true;
    case "declined":
    case "several":
    case "other_relay":
    case "others":
    case "unknown":
    case "sender":
      return false;
  }
}
