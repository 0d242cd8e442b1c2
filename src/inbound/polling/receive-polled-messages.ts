import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { MessageFile, MessageLists, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import type { TwilioClock } from "../relay/ports.ts";
import { atLocalTime } from "../twilio-time.ts";
import { judgeMessage } from "./judge-message.ts";
import type { ListedMessage, ReceivedMessage } from "./listed-message.ts";
import type { PolledAccount } from "./message-number.ts";
import type { PolledNumbers } from "./polled-numbers.ts";

/**
 * If Twilio does not list all files of a message yet, the app asks again in the next round (read of Twilio's list of
 * messages). After this number of rounds, it stores the message without the URLs of the missing files.
 */
const MOST_FILE_TRIES = 3;

export interface PolledMessageReceiverOptions {
  readonly lists: Pick<MessageLists, "mediaOf">;
  readonly numbers: Pick<PolledNumbers, "polled" | "webhookMissed">;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem">;
  readonly twilioClock: TwilioClock;
}

/** The result of processing the messages in Twilio's list. */
export interface PolledMessages {
  /** The number of messages that were stored for the first time. */
  readonly newMessages: number;
  /** Whether the webhook of a new message should have arrived and has not. */
  readonly hasMissedWebhook: boolean;
  /** Whether a message is left for the next read of the list, because its webhook or its files may still come. */
  readonly isWaiting: boolean;
}

interface Due {
  readonly message: ReceivedMessage;
  readonly isRepeat: boolean;
  /** Whether the message's number is set up for the app, so that the webhook should have arrived. */
  readonly lacksWebhook: boolean;
}

/**
 * Creates a function that stores those messages of Twilio's list that the journal does not have, and fires their
 * events.
 */
export function createPolledMessageReceiver({
  lists,
  numbers,
  store,
  receiver,
  twilioClock,
}: PolledMessageReceiverOptions) {
  const fileTries = new Map<string, number>();

  /** Adds the fields for the message's files that a webhook would have. Null if Twilio does not list the files yet. */
  async function withFiles(message: ReceivedMessage): Promise<ReceivedMessage | null> {
    const { sid, mediaCount, fields } = message;
    if (mediaCount === 0) return message;
    const answer = await lists.mediaOf(sid);
    const files = answer.kind === "listed" ? answer.items : [];
    const tries = (fileTries.get(sid) ?? 0) + 1;
    const mayComeLater = files.length < mediaCount && answer.kind !== "refused" && tries < MOST_FILE_TRIES;
    if (mayComeLater) {
      fileTries.set(sid, tries);
      return null;
    }
    fileTries.delete(sid);
    return { ...message, fields: { ...fields, ...fileFields(files) } };
  }

  async function receive({ message, isRepeat, lacksWebhook }: Due): Promise<boolean> {
    const isNew = await receiver.receiveFetchedItem(atLocalTime(message, twilioClock), "poll", isRepeat);
    if (isNew && lacksWebhook) await numbers.webhookMissed(message.to);
    return isNew;
  }

  return async function receiveMessages(
    items: readonly ListedMessage[],
    account: PolledAccount,
    now: number,
  ): Promise<PolledMessages> {
    const due: Due[] = [];
    let isWaiting = false;
    const polled = numbers.polled();
    // Twilio lists the newest message first. Reversing the list puts messages of the same second into the order in
    // which they came.
    for (const message of items.filter((item) => item.kind === "message").toReversed()) {
      const number = polled.get(message.to);
      const verdict = judgeMessage(message.createdAt.getTime(), number, account, now);
      if (verdict === "ignore" || store.isKnown(message.sid)) continue;
      if (verdict === "wait") isWaiting = true;
      else {
        const isRepeat = verdict === "repeat";
        due.push({ message, isRepeat, lacksWebhook: !isRepeat && number?.pointsHere === true });
      }
    }
    due.sort((one, other) => one.message.createdAt.getTime() - other.message.createdAt.getTime());
    const complete = await Promise.all(
      due.map(async (one) => ({ ...one, message: await withFiles(one.message) })),
    );
    const ready = complete.filter((one): one is Due => one.message !== null);
    const areNew = await Promise.all(ready.map(receive));
    return {
      newMessages: areNew.filter(Boolean).length,
      hasMissedWebhook: ready.some(({ lacksWebhook }, index) => lacksWebhook && areNew[index] === true),
      isWaiting: isWaiting || ready.length < due.length,
    };
  };
}

function fileFields(files: readonly MessageFile[]): WebhookFields {
  return Object.fromEntries(
    files.flatMap(({ url, contentType }, index) => [
      [`MediaUrl${index}`, url],
      [`MediaContentType${index}`, contentType],
    ]),
  );
}
