import type { Clock } from "../../domain/clock.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { MessageLists, OurNumbers, PollingJournal } from "../ports.ts";
import { choosePolledNumbers, type PollingDecision } from "./choose-numbers.ts";
import type { JudgedNumber } from "./judge-message.ts";
import type { MessageNumber, PolledNumber, PollingChoice } from "./message-number.ts";

/** How long the account's numbers are taken as they were listed, in milliseconds: few people change them every day. */
const FRESH_MS = 600_000;

export interface PolledNumbersOptions {
  readonly lists: Pick<MessageLists, "numbers" | "relaysOfOthers" | "now">;
  readonly journal: Pick<PollingJournal, "numbers" | "saveNumbers">;
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly clock: Clock;
}

/** A number and how it is polled. */
export interface NumberPolling extends PollingDecision {
  readonly choice: PollingChoice;
  /** Its webhooks arrive, so that it is read seldom. */
  readonly isSlow: boolean;
}

/** The account's numbers, which of them are polled, and since when. */
export function createPolledNumbers({ lists, journal, ourNumbers, clock }: PolledNumbersOptions) {
  let listed: readonly MessageNumber[] | null = null;
  let hasOtherRelay = false;
  let listedAt = 0;
  const stored = new Map(journal.numbers().map((number) => [number.address, number]));

  const isFresh = (): boolean => listed !== null && clock.monotonic() - listedAt < FRESH_MS;

  const choiceOf = (address: string): PollingChoice => stored.get(address)?.choice ?? null;

  const isSlow = ({ address, receiver }: MessageNumber): boolean =>
    receiver === "us" && stored.get(address)?.webhooksArrive === true;

  /** Senders of channels that somebody chose, even where the credentials may not list senders. */
  function chosenSenders(numbers: readonly MessageNumber[]): MessageNumber[] {
    const known = new Set(numbers.map(({ address }) => address));
    return [...stored.values()]
      .filter(({ address, choice }) => choice === "on" && address.includes(":") && !known.has(address))
      .map(({ address }) => ({ address, receiver: "unknown", isSender: true }));
  }

  function decisions(): NumberPolling[] {
    const numbers = listed ?? [];
    return choosePolledNumbers([...numbers, ...chosenSenders(numbers)], { choiceOf, hasOtherRelay }).map(
      (decision) => ({
        ...decision,
        choice: choiceOf(decision.number.address),
        isSlow: isSlow(decision.number),
      }),
    );
  }

  async function save(changed: readonly PolledNumber[]): Promise<void> {
    if (changed.length === 0) return;
    await journal.saveNumbers(changed);
    for (const number of changed) stored.set(number.address, number);
  }

  async function saveArrival(address: string, webhooksArrive: boolean): Promise<void> {
    const number = stored.get(address);
    if (number !== undefined && number.webhooksArrive !== webhooksArrive)
      await save([{ ...number, webhooksArrive }]);
  }

  /** A number that begins to be polled: the webhooks of one that was heard arrive. */
  function begun({ number, isPolled }: PollingDecision, pollFrom: number): PolledNumber[] {
    const { address } = number;
    const known = stored.get(address);
    if (isPolled === ((known?.pollFrom ?? null) !== null)) return [];
    const isHeard = ourNumbers.numbers().some((one) => one.kind === "message" && one.address === address);
    return [
      {
        address,
        choice: known?.choice ?? null,
        pollFrom: isPolled ? pollFrom : null,
        webhooksArrive: known?.webhooksArrive ?? isHeard,
      },
    ];
  }

  return {
    decisions,
    /** Lists the account's numbers again where that is due. `listed`: they are known, perhaps from before. */
    async refresh(): Promise<ListAnswer<unknown>["kind"]> {
      if (isFresh()) return "listed";
      const [numbers, relays] = await Promise.all([lists.numbers(), lists.relaysOfOthers()]);
      const isAway = numbers.kind === "away" || relays.kind === "away";
      if (numbers.kind !== "listed" || isAway)
        return listed === null ? (isAway ? "away" : "refused") : "listed";
      listed = numbers.items;
      hasOtherRelay = relays.kind === "listed" && relays.items.length > 0;
      listedAt = clock.monotonic();
      return "listed";
    },
    /** Somebody changed something at Twilio: what is known of the numbers is out of date. */
    invalidate: (): void => void (listedAt = -FRESH_MS),
    /** Writes down from when on numbers are polled that begin with it, and which are no longer polled. */
    saveBegun: (pollFrom: number): Promise<void> =>
      save(decisions().flatMap((decision) => begun(decision, pollFrom))),
    /** Those that are polled, by address. */
    polled: (): ReadonlyMap<string, JudgedNumber> =>
      new Map(
        decisions()
          .filter(({ isPolled }) => isPolled)
          .map(({ number: { address, receiver } }) => [
            address,
            { pollFrom: stored.get(address)?.pollFrom ?? null, pointsHere: receiver === "us" },
          ]),
      ),
    choose: (address: string, choice: "on" | "off"): Promise<void> => {
      const known = stored.get(address) ?? { address, pollFrom: null, webhooksArrive: false };
      return save([{ ...known, choice }]);
    },
    /** A message came to it by a webhook. */
    webhookArrived: (address: string): Promise<void> => saveArrival(address, true),
    /** A message came to it whose webhook did not. */
    webhookMissed: (address: string): Promise<void> => saveArrival(address, false),
  };
}

export type PolledNumbers = ReturnType<typeof createPolledNumbers>;
