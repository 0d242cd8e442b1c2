import { callResource, messageResource, twilioDate } from "./resources.ts";
import type { CallResource, MessageResource } from "./resources.ts";

/** A message or call whose webhook did not reach the app. */
export interface UnreportedItem {
  readonly from: string;
  readonly to: string;
  readonly createdAt?: Date;
}

/** A message for which no webhook was sent. */
export interface UnreportedMessage extends UnreportedItem {
  readonly body: string;
  /** The direction, which is `inbound` by default. */
  readonly direction?: string;
  /** The status, which is `received` or `delivered` by default. */
  readonly status?: string;
  /** The types of the files in the message, such as `image/jpeg`. */
  readonly files?: readonly string[];
  /** Whether Twilio's list shows the message only after `list` is called with its SID. */
  readonly isUnlisted?: boolean;
}

/** A number of messages at equal distances over some days until now, to these numbers in turn. */
export interface History {
  readonly count: number;
  readonly days: number;
  readonly from: string;
  readonly to: readonly string[];
}

export interface UnreportedBook {
  /** Adds a message to or from the account for which no webhook is sent. Returns its SID. */
  addMessage(message: UnreportedMessage): string;
  addHistory(history: History): void;
  /** From now on, the list shows a message that was added as unlisted. */
  list(sid: string): void;
  /** Adds a call for which no webhook is sent. Returns its SID. */
  addCall(call: UnreportedItem): string;
}

export interface UnreportedOptions {
  readonly accountSid: string;
  readonly messages: MessageResource[];
  readonly calls: CallResource[];
  readonly now: () => number;
}

/** Adds messages and calls to the account for which no webhooks are sent. */
export function createUnreported({ accountSid, messages, calls, now }: UnreportedOptions) {
  const unlisted = new Set<string>();

  function addMessage(message: UnreportedMessage): string {
    const { from, to, body, direction = "inbound", createdAt = new Date(now()), files = [] } = message;
    const status = message.status ?? (direction === "inbound" ? "received" : "delivered");
    // The files get URLs of Twilio. Only their number matters here.
    const form = { From: from, To: to, Body: body, MediaUrl: [...files] };
    const date = twilioDate(createdAt);
    const made = messageResource(accountSid, form, direction, status);
    messages.push({ ...made, date_created: date, date_sent: date, files });
    if (message.isUnlisted === true) unlisted.add(made.sid);
    return made.sid;
  }

  const book: UnreportedBook = {
    addMessage,
    addHistory({ count, days, from, to }) {
      const step = (days * 86_400_000) / count;
      for (let n = count; n > 0; n -= 1) {
        const createdAt = new Date(now() - n * step);
        addMessage({ from, to: to[n % to.length] ?? "", body: `message ${n}`, createdAt });
      }
    },
    list: (sid) => void unlisted.delete(sid),
    addCall({ from, to, createdAt = new Date(now()) }) {
      const call = callResource(accountSid, { From: from, To: to }, "inbound", "no-answer");
      calls.push({ ...call, date_created: twilioDate(createdAt) });
      return call.sid;
    },
  };
  return { book, isListed: ({ sid }: MessageResource): boolean => !unlisted.has(sid) };
}
