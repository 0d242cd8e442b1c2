import { splitChannel } from "../../domain/address/channel-address.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { Reply } from "../../outbound/commands/reply.ts";

export type ReplyRoute = Pick<Reply, "to" | "sender" | "isWhatsApp">;

/** To exactly the address, and from the address of ours, of the last message; an SMS to whoever has only called. */
export function replyRoute(address: string, last: ConversationEntry | null): ReplyRoute {
  const to = last?.address ?? address;
  const channel = splitChannel(to)?.channel;
  const sender = last?.ours ?? null;
  const senderChannel = splitChannel(sender ?? "")?.channel;
  // Twilio refuses a message from one channel to another.
  const isOfOther = senderChannel !== undefined && senderChannel !== channel;
  return { to, sender: isOfOther ? null : sender, isWhatsApp: channel === "whatsapp" };
}
