import type { Clock } from "../../domain/clock.ts";
import type { ListAnswer } from "../../domain/list-answer.ts";
import type { MessageLists, OurNumbers, PollingJournal } from "../ports.ts";
import { choosePolledNumbers, type PollingDecision } from "./choose-numbers.ts";
import type { JudgedNumber } from "./judge-message.ts";
import { pointsHere, type MessageNumber, type PolledNumber, type PollingChoice } from "./message-number.ts";

/**
 * The app reads the list of the account's numbers again after this time, in milliseconds. Users rarely change their
 * numbers.
 */
const FRESH_MS = 600_000;

export interface PolledNumbersOptions {
  readonly lists: Pick<MessageLists, "numbers" | "relaysOfOthers" | "now">;
  readonly journal: Pick<PollingJournal, "numbers" | "saveNumbers">;
  readonly ourNumbers: Pick<OurNumbers, "numbers">;
  readonly clock: Clock;
}

/** A number, whether and why the app polls its messages, and whether it polls them slowly. */
export interface NumberPolling extends PollingDecision {
  readonly choice: PollingChoice;
  /** Whether the number's webhooks reach the app, so that its messages need to be polled only every 5 minutes. */
  readonly isSlow: boolean;
}

/**
 * Knows the account's numbers, which of them are polled, and since when. The user's choices and the times are read from
 * the journal (the app's database).
 */
export function createPolledNumbers({ lists, journal, ourNumbers, clock }: PolledNumbersOptions) {
  let listed: readonly MessageNumber[] | null = null;
  let hasOtherRelay = false;
  let listedAt = 0;
  const stored = new Map(journal.numbers().map((number) => [number.address, number]));

  const isFresh = (): boolean => listed !== null && clock.monotonic() - listedAt < FRESH_MS;

  const choiceOf = (address: string): PollingChoice => stored.get(address)?.choice ?? null;

  const isSlow = ({ address, receiver }: MessageNumber): boolean =>
    pointsHere(receiver) && stored.get(address)?.webhooksArrive === true;

  /**
   * The channel senders, such as WhatsApp's, that the user chose to poll and that are not in `numbers`. Twilio may not
   * list senders, so they come from the journal.
   */
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

  /** The number's new record for the journal if polling of the number starts or ends now. Empty if nothing changes. */
  function changedRecord({ number, isPolled }: PollingDecision, pollFrom: number): PolledNumber[] {
    const { address } = number;
    const known = stored.get(address);
    if (isPolled === ((known?.pollFrom ?? null) !== null)) return [];
    const hasReceived = ourNumbers.numbers().some((one) => one.kind === "message" && one.address === address);
    return [
      {
        address,
        choice: known?.choice ?? null,
        pollFrom: isPolled ? pollFrom : null,
        webhooksArrive: known?.webhooksArrive ?? hasReceived,
      },
    ];
  }

  return {
    decisions,
    /**
     * Reads the account's numbers again if the last read is ten minutes old. `listed`: the numbers are known, perhaps
     * from an earlier read.
     */
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
    /** Called after the app has changed a number at Twilio. The next `refresh` reads the numbers again. */
    invalidate: (): void => void (listedAt = -FRESH_MS),
    /** Stores the numbers for which polling begins now, with the time `pollFrom`, and those for which it ends. */
    saveBegun: (pollFrom: number): Promise<void> =>
      save(decisions().flatMap((decision) => changedRecord(decision, pollFrom))),
    /** The numbers whose messages are polled. The keys are phone numbers and channel senders. */
    polled: (): ReadonlyMap<string, JudgedNumber> =>
      new Map(
        decisions()
          .filter(({ isPolled }) => isPolled)
          .map(({ number: { address, receiver } }) => [
            address,
            { pollFrom: stored.get(address)?.pollFrom ?? null, pointsHere: pointsHere(receiver) },
          ]),
      ),
    /** Stores the user's choice whether a number is polled. Resolves when the choice is on disk. */
    choose: (address: string, choice: "on" | "off"): Promise<void> => {
      const known = stored.get(address) ?? { address, pollFrom: null, webhooksArrive: false };
      return save([{ ...known, choice }]);
    },
    /** Called when a webhook about a message to the number has arrived. */
    webhookArrived: (address: string): Promise<void> => saveArrival(address, true),
    /** Called when Twilio's list has a message to the number and the webhook of this message has not arrived. */
    webhookMissed: (address: string): Promise<void> => saveArrival(address, false),
  };
}

export type PolledNumbers = ReturnType<typeof createPolledNumbers>;
