import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { AddressEvidence, AddressSighting, ProvisionalAddress } from "./address-evidence.ts";
import type { AgeSource, CheckReachable, LearnableAddress } from "./ports.ts";
import type { Reach } from "./reach.ts";

/**
 * If the app cannot reach a public address from its own network, the signed webhooks of this number of messages confirm
 * the address.
 */
const ENOUGH_MESSAGES = 2;
/**
 * A message that is older than this, in milliseconds, confirms no public address. Somebody may replay a webhook that
 * Twilio once sent to another service of the account. If the app cannot find out the age of a message, the message
 * counts as new.
 */
const NEW_MESSAGE_MS = 600_000;
/** The period, in milliseconds, in which the app checks at most `MAX_REACHED` public addresses. */
const REACH_PERIOD_MS = 60_000;
/**
 * The app checks at most this number of public addresses in `REACH_PERIOD_MS`, and each of them once. Without a limit,
 * somebody who replays webhooks could make the app send many requests.
 */
const MAX_REACHED = 10;
const MAX_WAITING = 20;
const MAX_LOGGED = 30;

export interface AddressConfirmationOptions {
  readonly address: LearnableAddress;
  readonly checkReachable: CheckReachable;
  readonly ages: AgeSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AddressConfirmation extends Disposable {
  /**
   * Called with the address for which Twilio signed a stored webhook, until the app knows its public address. Decides,
   * in the background, whether the app uses this address. The decisions are made one after another.
   */
  considerAddress(sighting: AddressSighting): void;
  /** Whether a public address other than the learnt one leads to this process of the app. */
  reachesThisApp(evidence: AddressEvidence): Promise<boolean>;
  /** Resolves when the decisions about all considered addresses have been made. */
  settled(): Promise<void>;
}

/**
 * Decides which public address the app learns from signed webhooks. A valid signature alone is not enough: Twilio signs
 * all webhooks of an account with the same Auth Token, also those for other services. So this process must also answer
 * `/health` at that address.
 *
 * Many home routers do not let the app reach its own public address. Then the address stays provisional until Twilio
 * has signed the webhooks of two new messages for it. Calls do not count, because their signatures do not contain the
 * port.
 */
export function createAddressConfirmation({
  address,
  checkReachable,
  ages,
  clock,
  logger,
}: AddressConfirmationOptions): AddressConfirmation {
  const reached = new Map<string, { readonly at: number; readonly answer: Promise<Reach> }>();
  const logged = new Set<string>();
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let isStopped = false;

  /**
   * Finds which server answers `/health` at a public address. The result is cached for a minute. Null if too many other
   * addresses were checked in that minute.
   */
  async function cachedReach(base: string): Promise<Reach | null> {
    for (const [known, { at }] of reached) if (clock.now() - at >= REACH_PERIOD_MS) reached.delete(known);
    const known = reached.get(base);
    if (known !== undefined) return await known.answer;
    if (reached.size >= MAX_REACHED) return null;
    const answer = checkReachable(base);
    reached.set(base, { at: clock.now(), answer });
    return await answer;
  }

  async function findOwnAddress({ base, hostNamedByCaller }: AddressEvidence): Promise<string | null> {
    for (const candidate of hostNamedByCaller === null ? [base] : [hostNamedByCaller, base])
      if ((await cachedReach(candidate))?.kind === "ours") return candidate;
    return null;
  }

  async function confirm(sighting: AddressSighting): Promise<void> {
    if (isSettled()) return;
    const { base, messageSid } = sighting;
    const ours = await findOwnAddress(sighting);
    const answer = await cachedReach(base);
    if (isStopped || isSettled()) return;
    if (ours !== null)
      return learn(ours, "Twilio signed a webhook for it, and the app's check of this address succeeded");
    switch (answer?.kind) {
      case "other":
      case "redirected":
        return reject(base);
      case "unreachable":
      case "untrusted":
        return messageSid === null ? setProvisionalByCall(base) : await countMessage(base, messageSid);
      case "ours":
      case undefined:
        return;
    }
  }

  function isSettled(): boolean {
    return address.source() === "configured" || address.source() === "learnt";
  }

  function learn(base: string, why: string): void {
    address.learn(base);
    logger.info(`Detected the app's public address ${base}: ${why}.`, "address learnt");
  }

  function reject(base: string): void {
    if (address.provisional()?.base === base) address.setProvisional(null);
    warnIfNew(
      `Twilio signed a webhook for the address ${base}, but another server answers at ${base}/health. So the app does not use this address. If it is the app's address, enter it as public_url in the app's options.`,
    );
  }

  function setProvisionalByCall(base: string): void {
    if (address.provisional() === null) setProvisional({ base, messageSids: [] });
  }

  async function countMessage(base: string, sid: string): Promise<void> {
    const known = address.provisional();
    const sids = known?.base === base ? known.messageSids : [];
    if (sids.includes(sid)) return;
    const madeAt = await ages.createdAt({ sid, isCall: false }).catch(() => "unknown" as const);
    if (isStopped || isSettled()) return;
    if (typeof madeAt === "number" && clock.now() - madeAt > NEW_MESSAGE_MS) return;
    const messageSids = [...sids, sid];
    if (messageSids.length >= ENOUGH_MESSAGES) learn(base, "Twilio signed two messages for it");
    else setProvisional({ base, messageSids });
  }

  function setProvisional(provisional: ProvisionalAddress): void {
    const { base } = provisional;
    address.setProvisional(provisional);
    warnIfNew(
      `The app uses ${base} as its public address for now, because Twilio signed a webhook for it. The app cannot check this address, because it cannot reach ${base}/health from inside your network. Two messages to your Twilio number confirm the address. If the address is wrong or its port is missing, enter the correct one as public_url in the app's options.`,
    );
  }

  function warnIfNew(message: string): void {
    if (logged.has(message) || logged.size >= MAX_LOGGED) return;
    logged.add(message);
    logger.warning(message);
  }

  return {
    considerAddress(sighting) {
      if (isStopped || waiting >= MAX_WAITING) return;
      waiting += 1;
      last = last
        .then(() => confirm(sighting))
        .catch((error: unknown) =>
          logger.warning(
            `The app's public address could not be stored. The app tries again with the next webhook. The error was: ${String(error)}`,
            "address not stored",
          ),
        )
        .finally(() => void (waiting -= 1));
    },
    async reachesThisApp(evidence) {
      const ours = await findOwnAddress(evidence);
      if (ours === null) return false;
      warnIfNew(
        `Twilio also reaches the app at ${ours}, but the app uses ${address.current()} as its public address. If the second address is wrong, press "Forget this address" on the app's page, or enter public_url.`,
      );
      return true;
    },
    settled: () => last,
    [Symbol.dispose]() {
      isStopped = true;
    },
  };
}
