import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { entryKeyText, parseEntryKey } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { PageContext } from "../shell/app-state.ts";
import { addCallRoutes } from "./call-routes.tsx";
import { canSendAgain } from "./can-send-again.ts";
import { ComposePage } from "./compose-page.tsx";
import type { UnsentNewMessage } from "./compose-page.tsx";
import type { ConversationResponses } from "./conversation-responses.ts";
import { conversationUrl } from "./conversation-url.ts";
import { canReplyTo } from "./person.ts";
import type { ConversationsPorts } from "./ports.ts";
import { fieldIn, readMessageForm } from "./read-message-form.ts";
import { replyRoute } from "./reply-route.ts";
import { requestIdOf } from "./request-id.ts";

const EMPTY = { kind: "empty", reason: null } as const;
const NOT_STORED = { kind: "notStored", reason: null } as const;
const MISSING = { of: "recipient", kind: "missing", reason: null } as const;

/** How many characters of a recipient the page takes from its URL. */
const LONGEST_NAME = 100;

type Env = { Bindings: RequestBindings };

/** Adds the routes that send a reply, a new message, or a failed message again. */
export function addSendRoutes(
  pages: Hono<Env>,
  options: PageContext & ConversationsPorts,
  responses: ConversationResponses,
): void {
  const { appState, changeToken, chance, conversations } = options;
  const { journal, contacts, resolve, reply, upload } = conversations;
  const calls = addCallRoutes(pages, options);

  pages.post("/reply", async (c) => {
    const form = await c.req.parseBody();
    const key = fieldIn(form, "with");
    const address = journal.addressOf(key);
    const route = replyRoute(address ?? "", address === null ? null : journal.lastMessage(address));
    const typed = { text: fieldIn(form, "text"), source: fieldIn(form, "source") };
    if (address === null || !canReplyTo(route.to))
      return await responses.conversation(c, key, { unsent: { ...typed, fault: EMPTY } });
    const message = await readMessageForm(form, route.isWhatsApp, upload);
    if (!message.ok) return await responses.conversation(c, key, { unsent: message.unsent });
    const { text, media } = message;
    const requestId = requestIdOf(fieldIn(form, "idempotency_key"), address, text);
    if (!(await reply({ requestId, text, media, ...route })))
      return await responses.conversation(c, key, { unsent: { ...typed, fault: NOT_STORED } });
    return c.redirect(conversationUrl(key), 303);
  });

  pages.get("/new", (c) => compose(c, (c.req.query("to") ?? "").slice(0, LONGEST_NAME), null));

  pages.post("/new", async (c) => {
    const form = await c.req.parseBody();
    const to = fieldIn(form, "to").trim();
    const isWhatsApp = fieldIn(form, "by") === "whatsapp";
    const typed = { to, isWhatsApp, text: fieldIn(form, "text"), source: fieldIn(form, "source") };
    if (to === "") return compose(c, to, { ...typed, fault: MISSING });
    const recipient = await resolve(to);
    if (!recipient.ok)
      return compose(c, to, {
        ...typed,
        fault: { of: "recipient", kind: "unknown", reason: recipient.reason },
      });
    const { address } = recipient;
    if (fieldIn(form, "do") === "call") return calls.callPage(c, address);
    const message = await readMessageForm(form, isWhatsApp, upload);
    if (!message.ok) return compose(c, to, { ...typed, fault: { of: "message", ...message.unsent.fault } });
    const { text, media } = message;
    const requestId = requestIdOf(fieldIn(form, "idempotency_key"), address, text);
    const isStored = await reply({ requestId, to: address, sender: null, isWhatsApp, text, media });
    if (!isStored) return compose(c, to, { ...typed, fault: { of: "message", ...NOT_STORED } }, 503);
    return c.redirect(conversationUrl(journal.keyOf(address)), 303);
  });

  pages.post("/resend", async (c) => {
    const form = await c.req.parseBody();
    const key = parseEntryKey(fieldIn(form, "key"));
    const entry = key === null ? null : journal.entry(key);
    if (key === null || entry === null || !canSendAgain(entry)) return await responses.entry(c, key, false);
    const { address, ours, text, sources } = entry;
    const isStored = await reply({
      ...replyRoute(address, { ...entry, ours }),
      // Each press of the button *Send again* for this message gives the same ID, so that two presses send one message.
      requestId: requestIdOf("again", entryKeyText(key), text),
      text,
      media: sources,
    });
    const conversationKey = journal.keyOf(address) ?? "";
    if (!isStored)
      return await responses.conversation(c, conversationKey, {
        unsent: { text, source: "", fault: NOT_STORED },
      });
    return c.redirect(conversationUrl(journal.keyOf(address)), 303);
  });

  function compose(
    c: Context<Env>,
    to: string,
    unsent: UnsentNewMessage | null,
    status: 200 | 400 | 503 = unsent === null ? 200 : 400,
  ) {
    const idempotencyKey = chance.bytes(16).toString("base64url");
    const page = (
      <ComposePage
        {...{ appState: appState(c), contacts: contacts(), to, unsent, changeToken, idempotencyKey }}
      />
    );
    return c.html(html`<!doctype html>${page}`, status);
  }
}
