import { pageAddress } from "../shell/page-address.ts";

/**
 * The relative URL of the newest entry of a conversation. `key` identifies the conversation; if it is null, there is none
 * yet, and the URL is that of the list.
 */
export function conversationUrl(key: string | null): string {
  return key === null ? "conversations" : `${pageAddress("conversation", { with: key })}#newest`;
}
