import type { WebhookFields } from "../../domain/events/webhook.ts";
import type { MessageFile, MessageLists, WebhookStore } from "../ports.ts";
import type { WebhookReceiver } from "../receive-webhook.ts";
import { judgeMessage } from "./judge-message.ts";
import type { ListedMessage, ReceivedMessage } from "./listed-message.ts";
import type { PolledAccount } from "./message-number.ts";
import type { PolledNumbers } from "./polled-numbers.ts";

/** Rounds in which Twilio may not tell a message's files. After them the message is told without their addresses. */
const MOST_FILE_TRIES = 3;

export interface MessageTellerOptions {
  readonly lists: Pick<MessageLists, "mediaOf">;
  readonly numbers: Pick<PolledNumbers, "polled" | "webhookMissed">;
  readonly store: Pick<WebhookStore, "isKnown">;
  readonly receiver: Pick<WebhookReceiver, "receiveFetchedItem">;
}

/** How many messages were told, and whether some wait for a later round. */
export interface ToldMessages {
  readonly told: number;
  readonly isWaiting: boolean;
}

interface Due {
  readonly message: ReceivedMessage;
  readonly isRepeat: boolean;
  /** Of a number that points at the app, where its webhook should have come. */
  readonly lacksWebhook: boolean;
}

/** Tells Home Assistant of messages in Twilio's list that nothing is known about. */
export function createMessageTeller({ lists, numbers, store, receiver }: MessageTellerOptions) {
  const fileTries = new Map<string, number>();

  /** With what its webhook says about its files; null where Twilio does not tell yet. */
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

  async function tell({ message, isRepeat, lacksWebhook }: Due): Promise<boolean> {
    const isNew = await receiver.receiveFetchedItem(message, "poll", isRepeat);
    if (isNew && lacksWebhook) await numbers.webhookMissed(message.to);
    return isNew;
  }

  return async function tellMessages(
    items: readonly ListedMessage[],
    account: PolledAccount,
    now: number,
  ): Promise<ToldMessages> {
    const due: Due[] = [];
    let isWaiting = false;
    const polled = numbers.polled();
    // Twilio's order is newest first, also within a second.
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
    const told = await Promise.all(ready.map(tell));
    return { told: told.filter(Boolean).length, isWaiting: isWaiting || ready.length < due.length };
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
