import { splitChannel } from "../../domain/address/channel-address.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { Reply } from "../../outbound/commands/reply.ts";

export type ReplyRoute = Pick<Reply, "to" | "sender" | "isWhatsApp">;

/**
 * Chooses recipient and sender of a reply: the parties of the last message, so that the reply goes through the channel
 * of that message. A person who has only called gets an SMS.
 */
export function replyRoute(address: string, last: ConversationEntry | null): ReplyRoute {
  const to = last?.address ?? address;
  const channel = splitChannel(to)?.channel;
  const sender = last?.ours ?? null;
  const senderChannel = splitChannel(sender ?? "")?.channel;
  // Twilio rejects a message from a sender in one channel to a recipient in another.
  const isOtherChannel = senderChannel !== undefined && senderChannel !== channel;
  return { to, sender: isOtherChannel ? null : sender, isWhatsApp: channel === "whatsapp" };
}
