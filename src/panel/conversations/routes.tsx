import { createHash } from "node:crypto";

import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { parseEntryKey } from "../../domain/events/conversation.ts";
import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { ConversationPage } from "./conversation-page.tsx";
import { ConversationsPage } from "./conversations-page.tsx";
import { EntryPage } from "./entry-page.tsx";
import { canReplyTo, contactNameFilter } from "./person.ts";
import type { ConversationsPorts } from "./ports.ts";
import type { UnsentReply } from "./reply-card.tsx";
import { replyRoute } from "./reply-route.ts";
import { serveMedia } from "./serve-media.ts";

type Env = { Bindings: RequestBindings };

/** How long a page waits for a price from Twilio at most, in milliseconds. */
const PRICE_WITHIN_MS = 3_000;

const PAGE = 50;

/** In characters. Comparing a longer search text with each message would keep the app busy. */
const LONGEST_SEARCH = 100;

/** Adds the pages of the conversations, their media, and the route for replies. */
export function addConversationRoutes(pages: Hono<Env>, options: PageContext & ConversationsPorts): void {
  const { appState, changeToken, clock, chance, conversations } = options;
  const { journal, contactOf, fetchMedia } = conversations;

  pages.get("/conversations", async (c) => {
    const search = c.req.query("search")?.trim().slice(0, LONGEST_SEARCH) ?? "";
    const {
      conversations: found,
      next,
      isComplete,
    } = search === "" ? listed(parseMark(c.req.query("after"))) : await searched(search);
    const page = (
      <ConversationsPage
        {...{ appState: appState(), conversations: found, search, next, isComplete, contactOf }}
      />
    );
    return c.html(html`<!doctype html>${page}`);
  });

  pages.get("/conversation", (c) => conversation(c, c.req.query("with") ?? "", null));

  pages.get("/entry", async (c) => {
    const key = parseEntryKey(c.req.query("key"));
    const entry = key === null ? null : journal.entry(key);
    const sid = entry?.sid ?? null;
    const price = sid === null ? null : await priceInTime(sid, entry?.kind === "call");
    const conversationKey = entry === null ? null : journal.keyOf(entry.address);
    const page = <EntryPage {...{ appState: appState(), entry, conversationKey, price, contactOf }} />;
    return c.html(html`<!doctype html>${page}`, entry === null ? 404 : 200);
  });

  pages.post("/reply", async (c) => {
    const form = await c.req.parseBody();
    const field = (name: string): string => (typeof form[name] === "string" ? form[name] : "");
    const key = field("with");
    const address = journal.addressOf(key);
    // Browsers send the lines of a text area with CRLF.
    const text = field("text").replaceAll("\r\n", "\n").trim();
    const route = replyRoute(address ?? "", address === null ? null : journal.lastMessage(address));
    if (address === null || !canReplyTo(route.to) || text === "")
      return conversation(c, key, { text, reason: "empty" });
    if (text.length > MAX_TEXT_LENGTH) return conversation(c, key, { text, reason: "tooLong" });
    const isStored = await conversations.reply({
      requestId: `panel_${hash([field("idempotency_key"), address, text].join("\n")).slice(0, 32)}`,
      text,
      ...route,
    });
    if (!isStored) return conversation(c, key, { text, reason: "notStored" });
    return c.redirect(`${pageAddress("conversation", { with: key })}#newest`, 303);
  });

  // The URLs of media come from signed webhooks in the journal, never from the browser.
  pages.get("/media", (c) => {
    const id = c.req.query("id") ?? "";
    const url = journal.mediaUrl(numberIn(c, "event"), numberIn(c, "number"), id);
    return serveMedia(c, url, fetchMedia, texts().media);
  });
  pages.get("/recording", (c) => {
    const url = journal.recordingUrl(numberIn(c, "event"), c.req.query("id") ?? "");
    return serveMedia(c, url, fetchMedia, texts().media);
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

  function texts() {
    return textsFor(appState().homeAssistant.language).conversations;
  }

  function priceInTime(sid: string, isCall: boolean) {
    const answered = new AbortController();
    const timeLimit = clock.wait(PRICE_WITHIN_MS, answered.signal).then(() => null);
    return Promise.race([conversations.fetchPrice(sid, isCall), timeLimit]).finally(() => answered.abort());
  }

  function conversation(c: Context<Env>, key: string, unsent: UnsentReply | null) {
    const address = journal.addressOf(key);
    const before = parseEntryKey(c.req.query("before"));
    const all = address === null ? [] : journal.entries(address, before, PAGE + 1);
    const last = address === null ? null : journal.lastMessage(address);
    const page = (
      <ConversationPage
        appState={appState()}
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
        unsentReply={unsent}
      />
    );
    return c.html(html`<!doctype html>${page}`, statusOf(address, unsent));
  }
}

function statusOf(address: string | null, unsent: UnsentReply | null): 200 | 400 | 404 | 503 {
  if (unsent !== null) return unsent.reason === "notStored" ? 503 : 400;
  return address === null ? 404 : 200;
}

/** Parses where a page of the list starts: `<time> <key>`. */
function parseMark(text: string | undefined): { readonly at: number; readonly key: string } | null {
  const [, at, key] = /^(\d{1,15}) (\w{1,64})$/.exec(text ?? "") ?? [];
  return at === undefined || key === undefined ? null : { at: Number(at), key };
}

function numberIn(c: Context<Env>, name: string): number {
  const text = c.req.query(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
