import type { Clock } from "../../domain/clock.ts";
import { statusOfFields } from "../../domain/events/status-of-fields.ts";
import type { MessageLists, SentMessages } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { WEBHOOK_WAIT_MS } from "./judge-message.ts";
import type { ListedMessage, SentMessage } from "./listed-message.ts";

const DAY_MS = 86_400_000;
/** After so long without news, in milliseconds, a message is looked up by itself; then each time after twice as long. */
const FIRST_LOOK_MS = 300_000;
/** Look-ups of one round. */
const MOST_LOOKS = 10;

export interface StatusTellerOptions {
  readonly lists: Pick<MessageLists, "sentMessage">;
  readonly sent: SentMessages;
  readonly receiver: Pick<WebhookReceiver, "receivePolledStatus">;
  /** Whether Twilio was given an address for status callbacks. */
  readonly hasCallbacks: () => boolean;
  readonly clock: Clock;
}

/** Tells Home Assistant how messages get on that the app sent, as far as Twilio's list or a look-up has news of them. */
export function createStatusTeller({ lists, sent, receiver, hasCallbacks, clock }: StatusTellerOptions) {
  /** The last status of each message that was read in this run, so that it is written once. */
  const read = new Map<string, string>();
  const looks = new Map<string, { readonly at: number; readonly afterMs: number }>();

  async function tell({ sid, fields }: SentMessage): Promise<void> {
    const { status, error } = statusOfFields(fields);
    const news = `${status} ${error?.code}`;
    if (read.get(sid) === news) return;
    await receiver.receivePolledStatus(sid, fields, clock.now());
    read.set(sid, news);
  }

  function isLookDue(sid: string): boolean {
    const planned = looks.get(sid);
    if (planned === undefined) {
      looks.set(sid, { at: clock.monotonic() + FIRST_LOOK_MS, afterMs: FIRST_LOOK_MS });
      return false;
    }
    return planned.at <= clock.monotonic();
  }

  async function lookUp(sid: string): Promise<void> {
    const afterMs = 2 * (looks.get(sid)?.afterMs ?? FIRST_LOOK_MS);
    looks.set(sid, { at: clock.monotonic() + afterMs, afterMs });
    const answer = await lists.sentMessage(sid);
    if (answer.kind === "listed") await Promise.all(answer.items.map(tell));
  }

  function forgetAllBut(sids: ReadonlySet<string>): void {
    for (const known of [read, looks]) {
      for (const sid of known.keys()) if (!sids.has(sid)) known.delete(sid);
    }
  }

  return {
    /** What was sent in the last day and has not come to its end. */
    openSids: (): readonly string[] => sent.openMessageSids(clock.now() - DAY_MS),
    /** Whether something was sent since then, in milliseconds since 1970, that has not come to its end. */
    hasOpenSince: (since: number): boolean => sent.openMessageSids(since).length > 0,
    /** `openSids`: as above. `now`: Twilio's clock, in milliseconds since 1970. */
    async tellStatuses(
      items: readonly ListedMessage[],
      openSids: readonly string[],
      now: number,
    ): Promise<void> {
      const listed = items.filter((item) => item.kind === "sent");
      const claimed = sent.claimedSids(listed.map(({ sid }) => sid));
      const own = listed.filter(({ sid }) => claimed.has(sid));
      // The first callbacks come within seconds, one for each status.
      const mayBeCalledBack = ({ createdAt }: SentMessage): boolean =>
        hasCallbacks() && now - createdAt.getTime() < WEBHOOK_WAIT_MS;
      await Promise.all(own.filter((message) => !mayBeCalledBack(message)).map(tell));
      const inList = new Set(own.map(({ sid }) => sid));
      const unlisted = openSids.filter((sid) => !inList.has(sid));
      await Promise.all(unlisted.filter(isLookDue).slice(0, MOST_LOOKS).map(lookUp));
      forgetAllBut(new Set([...inList, ...unlisted]));
    },
  };
}
