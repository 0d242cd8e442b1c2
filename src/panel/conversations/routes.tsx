import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { parseEntryKey } from "../../domain/events/conversation.ts";
import type { EntryKey } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import { withinTime } from "../../domain/within-time.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import { ConversationPage } from "./conversation-page.tsx";
import type { ConversationResponses } from "./conversation-responses.ts";
import { ConversationsPage } from "./conversations-page.tsx";
import { addDeleteRoutes } from "./delete-routes.tsx";
import { EntryPage } from "./entry-page.tsx";
import { contactNameFilter } from "./person.ts";
import type { ConversationsPorts } from "./ports.ts";
import { replyRoute } from "./reply-route.ts";
import { addSendRoutes } from "./send-routes.tsx";
import { serveMedia } from "./serve-media.ts";
import type { UnsentMessage } from "./unsent-message.ts";

type Env = { Bindings: RequestBindings };

/** How long a page waits for a price from Twilio, in milliseconds. */
const PRICE_WITHIN_MS = 3_000;

const PAGE = 50;

/** How many characters of a searched text the app compares with messages. A longer text would keep the app busy. */
const LONGEST_SEARCH = 100;

/** Adds the pages of the conversations, the files of messages, and the routes that send and delete. */
export function addConversationRoutes(pages: Hono<Env>, options: PageContext & ConversationsPorts): void {
  const { appState, changeToken, clock, chance, conversations } = options;
  const { journal, edits, contactOf, fetchMedia } = conversations;
  const responses: ConversationResponses = { conversation, entry };

  pages.get("/conversations", async (c) => {
    const search = c.req.query("search")?.trim().slice(0, LONGEST_SEARCH) ?? "";
    const {
      conversations: found,
      next,
      isComplete,
    } = search === "" ? listed(parseMark(c.req.query("after"))) : await searched(search);
    const page = (
      <ConversationsPage
        {...{ appState: appState(c), conversations: found, search, next, isComplete, contactOf }}
      />
    );
    return c.html(html`<!doctype html>${page}`);
  });

  pages.get("/conversation", (c) => conversation(c, c.req.query("with") ?? ""));
  pages.get("/entry", (c) => entry(c, parseEntryKey(c.req.query("key")), false));
  addSendRoutes(pages, options, responses);
  addDeleteRoutes(pages, options, responses);

  // The app takes a file's URL from the journal, which has it from a signed webhook or from Twilio's lists. It never
  // fetches a URL from the browser.
  pages.get("/media", (c) => {
    const id = c.req.query("id") ?? "";
    const url = journal.mediaUrl(numberIn(c, "event"), numberIn(c, "number"), id);
    return serveMedia(c, url, fetchMedia, textsOf(c).media);
  });
  pages.get("/recording", (c) => {
    const url = journal.recordingUrl(numberIn(c, "event"), c.req.query("id") ?? "");
    return serveMedia(c, url, fetchMedia, textsOf(c).media);
  });

  function listed(after: ReturnType<typeof parseMark>) {
    const all = journal.list(after, PAGE + 1);
    const found = all.slice(0, PAGE).map((one) => ({ matchingEntry: null, ...one }));
    const end = all.length > PAGE ? found.at(-1) : undefined;
    return {
      conversations: found,
      next: end === undefined ? null : `${end.lastAt} ${end.key}`,
      isComplete: true,
    };
  }

  async function searched(search: string) {
    return {
      ...(await journal.search(search, contactNameFilter(search, contactOf), PAGE)),
      next: null,
    };
  }

  function textsOf(c: Context<Env>) {
    return textsFor(appState(c).language).conversations;
  }

  function priceInTime(sid: string, isCall: boolean) {
    return withinTime(conversations.fetchPrice(sid, isCall), PRICE_WITHIN_MS, clock);
  }

  async function entry(c: Context<Env>, key: EntryKey | null, waits: boolean): Promise<Response> {
    const found = key === null ? null : journal.entry(key);
    const sid = found?.sid ?? null;
    const price = sid === null ? null : await priceInTime(sid, found?.kind === "call");
    const conversationKey = found === null ? null : journal.keyOf(found.address);
    const page = (
      <EntryPage
        {...{ appState: appState(c), entry: found, conversationKey, price, contactOf, changeToken, waits }}
      />
    );
    return c.html(html`<!doctype html>${page}`, found === null ? 404 : waits ? 409 : 200);
  }

  async function conversation(
    ...[c, key, { unsent, undeleted = 0 } = {}]: Parameters<ConversationResponses["conversation"]>
  ): Promise<Response> {
    const address = journal.addressOf(key);
    const before = parseEntryKey(c.req.query("before"));
    if (address !== null && before === null) await markRead(address);
    const all = address === null ? [] : journal.entries(address, before, PAGE + 1);
    const last = address === null ? null : journal.lastMessage(address);
    const page = (
      <ConversationPage
        appState={appState(c)}
        conversationKey={key}
        address={address}
        entries={all.slice(-PAGE)}
        hasOlder={all.length > PAGE}
        isEarlier={before !== null}
        pendingReplies={address === null ? 0 : journal.countPending(address)}
        replyTo={replyRoute(address ?? "", last).to}
        contactOf={contactOf}
        changeToken={changeToken}
        idempotencyKey={chance.bytes(16).toString("base64url")}
        unsentReply={unsent ?? null}
        undeleted={undeleted}
      />
    );
    if (undeleted > 0) return c.html(html`<!doctype html>${page}`, 409);
    return c.html(html`<!doctype html>${page}`, statusOf(address, unsent ?? null));
  }

  /** Marks a conversation as read. If the disk is full, the conversation stays unread. */
  async function markRead(address: string): Promise<void> {
    await edits.markRead(address).catch(() => undefined);
  }
}

function statusOf(address: string | null, unsent: UnsentMessage | null): 200 | 400 | 404 | 503 {
  if (unsent !== null) return unsent.fault.kind === "notStored" ? 503 : 400;
  return address === null ? 404 : 200;
}

/** Reads from the URL where a page of the list begins: `<time> <key>`. */
function parseMark(text: string | undefined): { readonly at: number; readonly key: string } | null {
  const [, at, key] = /^(\d{1,15}) (\w{1,64})$/.exec(text ?? "") ?? [];
  return at === undefined || key === undefined ? null : { at: Number(at), key };
}

function numberIn(c: Context<Env>, name: string): number {
  const text = c.req.query(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
