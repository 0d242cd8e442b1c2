import type { ConversationEntry } from "../../domain/events/conversation.ts";

/**
 * Whether the user can send a message again. The message must have failed, and must not come from a content template:
 * the entry does not contain the template's variables.
 */
export function canSendAgain({ kind, isOutbound, hasFailed, template }: ConversationEntry): boolean {
  return kind === "message" && isOutbound && hasFailed && template === null;
}
