import type { Clock } from "../../domain/clock.ts";
import { statusOfFields } from "../../domain/events/status-of-fields.ts";
import type { MessageLists, SentMessages } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { WEBHOOK_WAIT_MS } from "./judge-message.ts";
import type { ListedMessage, SentMessage } from "./listed-message.ts";

const DAY_MS = 86_400_000;
/**
 * If Twilio's list does not contain a sent message, its status is looked up after this time, in milliseconds. Each
 * further look-up of this message waits twice as long.
 */
const FIRST_LOOK_MS = 300_000;
/** The highest number of messages whose status is looked up after one read of Twilio's list. */
const MOST_LOOKS = 10;

export interface PolledStatusReceiverOptions {
  readonly lists: Pick<MessageLists, "sentMessage">;
  readonly sent: SentMessages;
  readonly receiver: Pick<WebhookReceiver, "receivePolledStatus">;
  /** Whether the app gives Twilio a URL for status callbacks. */
  readonly hasCallbacks: () => boolean;
  readonly clock: Clock;
}

/**
 * Stores new statuses of messages that the app sent, and fires their events. The statuses come from Twilio's list or
 * from a look-up of one message.
 */
export function createPolledStatusReceiver({
  lists,
  sent,
  receiver,
  hasCallbacks,
  clock,
}: PolledStatusReceiverOptions) {
  /** The last status that polling has read for each message since the app started. Only a changed status is stored. */
  const read = new Map<string, string>();
  const looks = new Map<string, { readonly at: number; readonly afterMs: number }>();

  async function receive({ sid, fields }: SentMessage): Promise<void> {
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
    if (answer.kind === "listed") await Promise.all(answer.items.map(receive));
  }

  function discardAllBut(sids: ReadonlySet<string>): void {
    for (const known of [read, looks]) {
      for (const sid of known.keys()) if (!sids.has(sid)) known.delete(sid);
    }
  }

  return {
    /** The SIDs of messages that the app sent in the last day and that have no final status. */
    openSids: (): readonly string[] => sent.openMessageSids(clock.now() - DAY_MS),
    /** Whether a message that the app sent after `since` has no final status. `since` is in milliseconds since 1970. */
    hasOpenSince: (since: number): boolean => sent.openMessageSids(since).length > 0,
    /**
     * Stores the statuses that changed. `items`: Twilio's list. `openSids`: messages without a final status, found
     * before the list was read. `now`: in milliseconds since 1970, by Twilio's clock.
     */
    async receiveStatuses(
      items: readonly ListedMessage[],
      openSids: readonly string[],
      now: number,
    ): Promise<void> {
      const listed = items.filter((item) => item.kind === "sent");
      const claimed = sent.claimedSids(listed.map(({ sid }) => sid));
      const own = listed.filter(({ sid }) => claimed.has(sid));
      // While a message is new, Twilio reports each of its statuses in a callback within seconds. So the status from
      // the list is not needed.
      const mayBeCalledBack = ({ createdAt }: SentMessage): boolean =>
        hasCallbacks() && now - createdAt.getTime() < WEBHOOK_WAIT_MS;
      await Promise.all(own.filter((message) => !mayBeCalledBack(message)).map(receive));
      const inList = new Set(own.map(({ sid }) => sid));
      const unlisted = openSids.filter((sid) => !inList.has(sid));
      await Promise.all(unlisted.filter(isLookDue).slice(0, MOST_LOOKS).map(lookUp));
      discardAllBut(new Set([...inList, ...unlisted]));
    },
  };
}
