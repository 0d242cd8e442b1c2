import type { Clock } from "../../domain/clock.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { MessageOrCall } from "../../outbound/delivery/message-or-call.ts";
import type { AccountNumber } from "./lists.ts";

/** For how long the app keeps the fetched list of the account's numbers, in milliseconds. */
const CACHED_MS = 600_000;

/** The capability of a number that each command needs. */
const CAPABILITIES: Readonly<Record<MessageOrCall["command"], "messages" | "calls">> = {
  send_message: "messages",
  make_call: "calls",
};

/**
 * Finds the sender for a request that names no sender. Resolves to the error `no_sender` if the account has no capable
 * number, or several.
 */
export type DefaultSender = (
  command: MessageOrCall["command"],
) => Promise<{ readonly from: string } | { readonly error: ReportedError }>;

/**
 * Creates a function that finds the only number of the account that can send messages, or make calls. The function
 * caches the list of numbers for ten minutes. If it finds no such number, or several, it fetches the list again at the
 * next call.
 */
export function createDefaultSender(numbers: () => Promise<AccountNumber[]>, clock: Clock): DefaultSender {
  let known: { readonly numbers: AccountNumber[]; readonly at: number } | null = null;

  return async function defaultSender(command) {
    if (known === null || clock.now() - known.at > CACHED_MS)
      known = { numbers: await numbers(), at: clock.now() };
    const what = CAPABILITIES[command];
    const capable = known.numbers.filter((number) => number[what]);
    const [only, ...others] = capable;
    if (only !== undefined && others.length === 0) return { from: only.number };
    known = null;
    const names = capable
      .map(({ number }) => number)
      .toSorted()
      .join(", ");
    const message =
      only === undefined
        ? `Your Twilio account has no number that can make ${what}. Buy one, or set default_sender.`
        : `Your Twilio account has several numbers for ${what} (${names}). Set default_sender to one of them.`;
    return { error: { code: "no_sender", message, more_info: null } };
  };
}
