import type { ConversationEntry } from "../../domain/events/conversation.ts";

/** Whether the user can send a message again: it has failed, and the journal has all of it. */
export function canSendAgain({ kind, isOutbound, hasFailed, template }: ConversationEntry): boolean {
  return kind === "message" && isOutbound && hasFailed && template === null;
}
