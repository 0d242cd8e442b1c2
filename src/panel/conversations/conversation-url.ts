import { pageAddress } from "../shell/page-address.ts";

/**
 * Returns the relative URL of the newest entry of a conversation. `key` identifies the conversation. If it is null, no
 * conversation exists yet, and the URL is that of the list.
 */
export function conversationUrl(key: string | null): string {
  return key === null ? "conversations" : `${pageAddress("conversation", { with: key })}#newest`;
}
