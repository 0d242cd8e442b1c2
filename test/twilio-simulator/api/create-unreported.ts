import { callResource, messageResource, twilioDate } from "./resources.ts";
import type { CallResource, MessageResource } from "./resources.ts";

/** A message or call whose webhook did not reach the app. */
export interface UnreportedItem {
  readonly from: string;
  readonly to: string;
  readonly createdAt?: Date;
}

/** A message that nobody was told of. */
export interface UnreportedMessage extends UnreportedItem {
  readonly body: string;
  /** `inbound` if not given. */
  readonly direction?: string;
  /** `received` or `delivered` if not given. */
  readonly status?: string;
  /** Types of the files that came with it, such as `image/jpeg`. */
  readonly files?: readonly string[];
  /** Lists lag behind: they do not show it before `list` is called with its SID. */
  readonly isUnlisted?: boolean;
}

/** So many messages at equal distances over the days before now, to these numbers in turn. */
export interface History {
  readonly count: number;
  readonly days: number;
  readonly from: string;
  readonly to: readonly string[];
}

export interface UnreportedBook {
  /** A message to or from the account whose webhook nobody got; returns its SID. */
  addMessage(message: UnreportedMessage): string;
  addHistory(history: History): void;
  /** From now on the list shows a message that was added as unlisted. */
  list(sid: string): void;
  /** A call that nobody was told of; returns its SID. */
  addCall(call: UnreportedItem): string;
}

export interface UnreportedOptions {
  readonly accountSid: string;
  readonly messages: MessageResource[];
  readonly calls: CallResource[];
  readonly now: () => number;
}

/** Puts messages and calls into the account that nobody was told of. */
export function createUnreported({ accountSid, messages, calls, now }: UnreportedOptions) {
  const unlisted = new Set<string>();

  function addMessage(message: UnreportedMessage): string {
    const { from, to, body, direction = "inbound", createdAt = new Date(now()), files = [] } = message;
    const status = message.status ?? (direction === "inbound" ? "received" : "delivered");
    // The files have addresses of Twilio's own; only how many there are matters here.
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
