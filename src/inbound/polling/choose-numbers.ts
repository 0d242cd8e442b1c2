import type { MessageNumber, PollingChoice } from "./message-number.ts";

/**
 * Why a number is polled or not. `chosen`, `declined`: somebody said so; `points_here`: its messages are ours anyway;
 * `only_free_one`: nobody else receives its messages, and no other number is in question; `several`: other numbers are
 * in question, too; `other_relay`: another installation may own it; `others`: somebody else receives its messages;
 * `unknown`: Twilio does not say who does; `sender`: senders of channels are polled only if chosen.
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
  /** Whether another installation of this app has a relay in the account. */
  readonly hasOtherRelay: boolean;
}

/**
 * Decides which numbers are polled: only those that nobody else receives. An account may belong to several houses or
 * hold a shop's numbers, so that of several free numbers none is taken before somebody chooses one.
 */
export function choosePolledNumbers(
  numbers: readonly MessageNumber[],
  { choiceOf, hasOtherRelay }: NumberChoices,
): PollingDecision[] {
  const candidates = numbers.filter(
    ({ address, receiver, isSender }) =>
      !isSender && (receiver === "nobody" || receiver === "us") && choiceOf(address) !== "off",
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
