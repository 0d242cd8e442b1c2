import type { Clock } from "../domain/clock.ts";
import type { Logger } from "../domain/log/logger.ts";
import type { AddressEvidence, AddressSighting, ProvisionalAddress } from "./address-evidence.ts";
import type { AgeSource, CheckReachable, LearnableAddress } from "./ports.ts";
import type { Reach } from "./reach.ts";

/** So many different messages confirm an address that the app cannot reach from inside the house. */
const ENOUGH_MESSAGES = 2;
/** An older message may be a captured one that was meant for another service. */
const NEW_MESSAGE_MS = 600_000;
/** Period of the next limit, in milliseconds: captured webhooks must not make the app send many requests. */
const REACH_PERIOD_MS = 60_000;
/** Within that period the app requests each address once, and at most so many addresses. */
const MOST_REACHED = 10;
const MOST_WAITING = 20;
const MOST_TOLD = 30;

export interface AddressConfirmationOptions {
  readonly address: LearnableAddress;
  readonly checkReachable: CheckReachable;
  readonly ages: AgeSource;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AddressConfirmation extends Disposable {
  /** A webhook with a valid signature came, and no address is learnt yet. Decides in the background, in order. */
  considerAddress(sighting: AddressSighting): void;
  /** Whether another address than the learnt one leads to this process. */
  reachesThisApp(proof: AddressEvidence): Promise<boolean>;
  /** Resolves when nothing waits to be decided. */
  settled(): Promise<void>;
}

/**
 * Decides which address the app learns. A valid signature alone does not prove it, because all services of an account
 * share one key: `/health` there has to show this process. Where it cannot be reached, as behind many home routers, the
 * address is provisional until two new messages were signed for it; calls do not count, since their signatures leave the
 * port out.
 */
export function createAddressConfirmation({
  address,
  checkReachable,
  ages,
  clock,
  logger,
}: AddressConfirmationOptions): AddressConfirmation {
  const reached = new Map<string, { readonly at: number; readonly answer: Promise<Reach> }>();
  const told = new Set<string>();
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let isStopped = false;

  /** Null where too many addresses were asked lately. */
  async function reachSeldom(base: string): Promise<Reach | null> {
    for (const [known, { at }] of reached) if (clock.now() - at >= REACH_PERIOD_MS) reached.delete(known);
    const known = reached.get(base);
    if (known !== undefined) return await known.answer;
    if (reached.size >= MOST_REACHED) return null;
    const answer = checkReachable(base);
    reached.set(base, { at: clock.now(), answer });
    return await answer;
  }

  async function firstOfOurs({ base, hostNamedByCaller }: AddressEvidence): Promise<string | null> {
    for (const candidate of hostNamedByCaller === null ? [base] : [hostNamedByCaller, base])
      if ((await reachSeldom(candidate))?.kind === "ours") return candidate;
    return null;
  }

  async function confirm(sighting: AddressSighting): Promise<void> {
    if (isSettled()) return;
    const { base, messageSid } = sighting;
    const ours = await firstOfOurs(sighting);
    const answer = await reachSeldom(base);
    if (isStopped || isSettled()) return;
    if (ours !== null) return learn(ours, "/health there is answered by this app");
    switch (answer?.kind) {
      case "other":
      case "redirected":
        return reject(base);
      case "unreachable":
      case "untrusted":
        return messageSid === null ? supposeByCall(base) : await supposeByMessage(base, messageSid);
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
    logger.info(
      `Learnt that Twilio reaches the app at ${base}: a webhook was signed for it, and ${why}.`,
      "address learnt",
    );
  }

  function reject(base: string): void {
    if (address.provisional()?.base === base) address.setProvisional(null);
    tellOnce(
      `A webhook was signed for ${base}, but something else answers at ${base}/health, so the app does not take it for its address. If it is the app's address, enter it as public_url.`,
    );
  }

  function supposeByCall(base: string): void {
    if (address.provisional() === null) suppose({ base, messageSids: [] });
  }

  async function supposeByMessage(base: string, sid: string): Promise<void> {
    const known = address.provisional();
    const sids = known?.base === base ? known.messageSids : [];
    if (sids.includes(sid)) return;
    const madeAt = await ages.createdAt({ sid, isCall: false }).catch(() => "unknown" as const);
    if (isStopped || isSettled()) return;
    if (typeof madeAt === "number" && clock.now() - madeAt > NEW_MESSAGE_MS) return;
    const messageSids = [...sids, sid];
    if (messageSids.length >= ENOUGH_MESSAGES) learn(base, "so was a second message");
    else suppose({ base, messageSids });
  }

  function suppose(provisional: ProvisionalAddress): void {
    const { base } = provisional;
    address.setProvisional(provisional);
    tellOnce(
      `The app uses ${base} as its address for now, because a webhook was signed for it. It is not confirmed, since the app cannot reach ${base}/health from inside; two messages confirm it. If it is wrong or its port is missing, enter public_url.`,
    );
  }

  function tellOnce(message: string): void {
    if (told.has(message) || told.size >= MOST_TOLD) return;
    told.add(message);
    logger.warning(message);
  }

  return {
    considerAddress(sighting) {
      if (isStopped || waiting >= MOST_WAITING) return;
      waiting += 1;
      last = last
        .then(() => confirm(sighting))
        .catch((error: unknown) =>
          logger.warning(`The app's address could not be kept: ${String(error)}`, "address not kept"),
        )
        .finally(() => void (waiting -= 1));
    },
    async reachesThisApp(proof) {
      const ours = await firstOfOurs(proof);
      if (ours === null) return false;
      tellOnce(
        `Twilio also reaches the app at ${ours}, and the app has learnt that its address is ${address.current()}. If that is wrong, press "Forget this address" on the app's page or enter public_url.`,
      );
      return true;
    },
    settled: () => last,
    [Symbol.dispose]() {
      isStopped = true;
    },
  };
}
