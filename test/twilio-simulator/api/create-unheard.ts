import { callResource, messageResource, twilioDate } from "./resources.ts";
import type { CallResource, MessageResource } from "./resources.ts";

/** Something that happened without the app: its webhook never came through. */
export interface Unheard {
  readonly from: string;
  readonly to: string;
  readonly createdAt?: Date;
}

/** Puts messages and calls into the account that nobody was told of. */
export function createUnheard(accountSid: string, messages: MessageResource[], calls: CallResource[]) {
  return {
    addMessage({
      from,
      to,
      body,
      direction = "inbound",
      createdAt = new Date(),
    }: Unheard & { readonly body: string; readonly direction?: string }): string {
      const status = direction === "inbound" ? "received" : "delivered";
      const message = messageResource(accountSid, { From: from, To: to, Body: body }, direction, status);
      messages.push({ ...message, date_created: twilioDate(createdAt) });
      return message.sid;
    },
    addCall({ from, to, createdAt = new Date() }: Unheard): string {
      const call = callResource(accountSid, { From: from, To: to }, "inbound", "no-answer");
      calls.push({ ...call, date_created: twilioDate(createdAt) });
      return call.sid;
    },
  };
}
