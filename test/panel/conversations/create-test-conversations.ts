import { createAppEvents } from "../../../src/app/app-events.ts";
import type { Journal } from "../../../src/journal/journal.ts";
import { publishWrites } from "../../../src/journal/publish-writes.ts";
import type { TwilioMedia } from "../../../src/media/source.ts";
import type { PanelCall, Reply } from "../../../src/outbound/commands/reply.ts";
import type { ConversationsPorts } from "../../../src/panel/conversations/ports.ts";
import type { LivePorts } from "../../../src/panel/live/routes.ts";
import { clockWith } from "../../clock-with.ts";
import { openTestStore } from "../../journal/open-test-store.ts";

export interface TestConversations extends ConversationsPorts, LivePorts {
  /** A journal in memory, with the conversations that the pages show. */
  readonly store: Journal;
  readonly names: Map<string, string>;
  readonly replies: readonly Reply[];
  readonly calls: readonly PanelCall[];
  /** The types of uploaded pictures. */
  readonly uploads: readonly string[];
  ownPhone: string | null;
  /** The URLs that were fetched. */
  readonly fetched: readonly string[];
  /** The ranges that were requested. */
  readonly ranges: readonly (string | null)[];
  /** Whether a reply can be stored. */
  keepsReplies: boolean;
  media: () => TwilioMedia;
  price: { readonly amount: number; readonly currency: string } | null;
  /** Aborting this controller ends the event streams. */
  readonly stopping: AbortController;
}

/** The ports of the conversations, with a journal in memory. */
export function createTestConversations(): TestConversations {
  // Pages contain the time of the start. A real time could by chance contain the digits that a test must not find.
  const clock = clockWith({ now: () => Date.UTC(2026, 10, 24, 12) });
  const events = createAppEvents({ clock, logger: { error() {} } });
  const store = publishWrites(openTestStore(), events.publish);
  const replies: Reply[] = [];
  const calls: PanelCall[] = [];
  const uploads: string[] = [];
  const fetched: string[] = [];
  const ranges: (string | null)[] = [];
  const names = new Map<string, string>();
  const stopping = new AbortController();
  const test: TestConversations = {
    store,
    names,
    replies,
    calls,
    uploads,
    ownPhone: null,
    fetched,
    ranges,
    keepsReplies: true,
    stopping,
    media: () => ({ ok: false, why: "away" }),
    price: null,
    live: { onChange: events.subscribe, revision: events.revision, stopping: stopping.signal },
    conversations: {
      journal: store.conversations,
      edits: store.conversationEdits,
      contactOf: (address) => names.get(address) ?? null,
      contacts: () => [...names.values()],
      async resolve(to) {
        const address = [...names].find(([, name]) => name === to)?.[0] ?? to;
        return /^\+\d{7,}$/.test(address) ? { ok: true, address } : { ok: false, reason: "It is no number." };
      },
      async call(call) {
        calls.push(call);
        return test.keepsReplies;
      },
      async upload({ type }) {
        uploads.push(type);
        return { ok: true, url: "https://home.example/media/1" };
      },
      ownPhone: () => test.ownPhone,
      rememberOwnPhone: (phone) => void (test.ownPhone = phone),
      async reply(reply) {
        replies.push(reply);
        return test.keepsReplies;
      },
      async fetchMedia(url, _signal, range = null) {
        fetched.push(url);
        ranges.push(range);
        return test.media();
      },
      fetchPrice: async () => test.price,
    },
  };
  return test;
}
