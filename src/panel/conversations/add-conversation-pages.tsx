import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { parseEntryKey, personOf } from "../../domain/conversation-entry.ts";
import type { PageContext } from "../page-context.ts";
import { textsFor } from "../texts/texts-for.ts";
import { ConversationPage } from "./conversation-page.tsx";
import { ConversationsPage } from "./conversations-page.tsx";
import type { ConversationsParts } from "./conversations-parts.ts";
import { EntryPage } from "./entry-page.tsx";
import { pageAddress } from "./entry-words.ts";
import { canBeAnswered, isMeant } from "./person.ts";
import { lastMessage, LONGEST_TEXT } from "./reply-card.tsx";
import { serveMedia } from "./serve-media.ts";

type Env = { Bindings: HttpBindings };

/** A page waits for Twilio at most this long, in milliseconds. */
const PRICE_WITHIN_MS = 3_000;

const PAGE = 50;
const LONGEST_SEARCH = 200;

/** Who talked with whom, and writing back. */
export function addConversationPages(pages: Hono<Env>, options: PageContext & ConversationsParts): void {
  const { facts, changeToken, conversations } = options;
  const { contactOf, fetchMedia } = conversations;

  pages.get("/conversations", (c) => {
    const search = c.req.query("search")?.trim().slice(0, LONGEST_SEARCH) ?? "";
    const all =
      search === ""
        ? conversations.list(parseMark(c.req.query("after")), PAGE + 1)
        : conversations.search(search, isMeant(search, contactOf), PAGE);
    const found = all.slice(0, PAGE).map((one) => ({ hit: null, ...one }));
    const end = all.length > PAGE ? found.at(-1) : undefined;
    const next = end === undefined ? null : `${end.last.key.at} ${end.address}`;
    const page = <ConversationsPage {...{ facts: facts(), found, search, next, contactOf }} />;
    return c.html(html`<!doctype html>${page}`);
  });

  pages.get("/conversation", (c) => conversation(c, c.req.query("with") ?? "", null));

  pages.get("/entry", async (c) => {
    const key = parseEntryKey(c.req.query("key"));
    const entry = key === null ? null : conversations.one(key);
    const sid = entry?.sid ?? null;
    const price = sid === null ? null : await priceInTime(sid, entry?.kind === "call");
    const page = <EntryPage {...{ facts: facts(), entry, price, contactOf }} />;
    return c.html(html`<!doctype html>${page}`, entry === null ? 404 : 200);
  });

  pages.post("/reply", async (c) => {
    const form = await c.req.parseBody();
    const field = (name: string): string => (typeof form[name] === "string" ? form[name] : "");
    const address = personOf(field("with"));
    // What browsers send of a text area.
    const text = field("text").replaceAll("\r\n", "\n").trim();
    if (!canBeAnswered(address) || text === "" || text.length > LONGEST_TEXT)
      return conversation(c, address, text);
    const last = lastMessage(conversations.entries(address, null, PAGE));
    const isWhatsApp = last !== null && /^whatsapp:/i.test(last.address);
    const requestId = `panel_${hash([field("once"), address, text].join("\n")).slice(0, 32)}`;
    const sender = last?.ours ?? null;
    conversations.reply({
      requestId,
      to: isWhatsApp ? `whatsapp:${address}` : address,
      sender,
      isWhatsApp,
      text,
    });
    return c.redirect(`${pageAddress("conversation", { with: address })}#newest`, 303);
  });

  // Never an address out of the browser: only what a signed webhook brought, by its number.
  pages.get("/media", (c) => {
    const url = conversations.mediaUrl(numberIn(c, "event"), numberIn(c, "number"));
    return serveMedia(c, url, fetchMedia, texts().media);
  });
  pages.get("/recording", (c) =>
    serveMedia(c, conversations.recordingUrl(numberIn(c, "event")), fetchMedia, texts().media),
  );

  function texts() {
    return textsFor(facts().homeAssistant.language).conversations;
  }

  function priceInTime(sid: string, isCall: boolean) {
    const enough = sleep(PRICE_WITHIN_MS, null, { ref: false });
    return Promise.race([conversations.price(sid, isCall), enough]);
  }

  function conversation(c: Context<Env>, given: string, faultyText: string | null) {
    const address = personOf(given);
    const before = parseEntryKey(c.req.query("before"));
    const all = conversations.entries(address, before, PAGE + 1);
    const page = (
      <ConversationPage
        facts={facts()}
        address={address}
        entries={all.slice(-PAGE)}
        hasOlder={all.length > PAGE}
        isEarlier={before !== null}
        contactOf={contactOf}
        changeToken={changeToken}
        once={randomBytes(16).toString("base64url")}
        faultyText={faultyText}
      />
    );
    return c.html(html`<!doctype html>${page}`, faultyText === null ? 200 : 400);
  }
}

/** Where a page of the list goes on: `<time> <address>`. */
function parseMark(text: string | undefined): { readonly at: number; readonly address: string } | null {
  const [, at, address] = /^(\d{1,15}) (.*)$/s.exec(text ?? "") ?? [];
  return at === undefined || address === undefined ? null : { at: Number(at), address };
}

function numberIn(c: Context<Env>, name: string): number {
  const text = c.req.query(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
