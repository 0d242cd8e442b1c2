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
 * Decides which numbers are polled: numbers whose webhook URL for messages is the app's or its relay's, and numbers
 * without such a URL. A number without a URL may belong to another house or to a shop with the same account. So if the
 * app could poll several numbers, it polls a number without a URL only if the user chooses it.
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
