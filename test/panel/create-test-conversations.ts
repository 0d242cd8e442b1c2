import type { Store } from "../../src/journal/open-store.ts";
import type {
  ConversationsParts,
  MediaAnswer,
  Reply,
} from "../../src/panel/conversations/conversations-parts.ts";
import type { LiveParts } from "../../src/panel/live/live-parts.ts";
import { openTestStore } from "../journal/open-test-store.ts";

export interface TestConversations extends ConversationsParts, LiveParts {
  /** A journal in memory: what is kept there is shown. */
  readonly store: Store;
  readonly names: Map<string, string>;
  readonly replies: readonly Reply[];
  /** Addresses that were fetched. */
  readonly fetched: readonly string[];
  media: () => MediaAnswer;
  price: { readonly amount: number; readonly currency: string } | null;
  /** Ends what listens. */
  readonly stopping: AbortController;
}

/** What the conversations are told, out of a journal in memory. */
export function createTestConversations(): TestConversations {
  const store = openTestStore();
  const replies: Reply[] = [];
  const fetched: string[] = [];
  const names = new Map<string, string>();
  const stopping = new AbortController();
  const test: TestConversations = {
    store,
    names,
    replies,
    fetched,
    stopping,
    media: () => ({ ok: false, why: "away" }),
    price: null,
    live: { onChange: store.onChange, stopping: stopping.signal },
    conversations: {
      ...methodsOf(store),
      contactOf: (address) => names.get(address) ?? null,
      reply: (reply) => void replies.push(reply),
      async fetchMedia(url) {
        fetched.push(url);
        return test.media();
      },
      price: async () => test.price,
    },
  };
  return test;
}

function methodsOf({ conversations }: Store) {
  const { list, search, entries, one, mediaUrl, recordingUrl } = conversations;
  return { list, search, entries, one, mediaUrl, recordingUrl };
}
