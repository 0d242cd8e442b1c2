import type { ConversationEntry } from "../../domain/conversation-entry.ts";
import type { Reply } from "./conversations-parts.ts";

export interface ReplyRoute extends Pick<Reply, "to" | "sender" | "isWhatsApp"> {
  readonly channel: "sms" | "whatsapp";
}

/**
 * By the way and from the number of the last message. The app sends no RCS: such a person gets an SMS from the usual
 * number, since ours was no number but an agent's name.
 */
export function replyRoute(address: string, last: ConversationEntry | null): ReplyRoute {
  const channel = /^(whatsapp|rcs):/i.exec(last?.address ?? "")?.[1]?.toLowerCase();
  const sender = last?.ours ?? null;
  if (channel === "whatsapp")
    return { to: `whatsapp:${address}`, sender, isWhatsApp: true, channel: "whatsapp" };
  const isRcs = channel === "rcs" || /^rcs:/i.test(sender ?? "");
  return { to: address, sender: isRcs ? null : sender, isWhatsApp: false, channel: "sms" };
}
