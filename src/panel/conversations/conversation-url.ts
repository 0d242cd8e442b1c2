import { pageAddress } from "../shell/page-address.ts";

/**
 * Returns the relative URL of the newest entry of a conversation. `key` identifies the conversation. If `key` is null,
 * no conversation exists yet. The function then returns the URL of the list of conversations.
 */
export function conversationUrl(key: string | null): string {
  return key === null ? "conversations" : `${pageAddress("conversation", { with: key })}#newest`;
}
