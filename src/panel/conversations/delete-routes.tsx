import type { Hono } from "hono";
import { html } from "hono/html";

import { parseEntryKey } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import type { ConversationResponses } from "./conversation-responses.ts";
import { conversationUrl } from "./conversation-url.ts";
import { DeletePage } from "./delete-page.tsx";
import { personAt } from "./person.ts";
import type { ConversationsPorts } from "./ports.ts";
import { fieldIn } from "./read-message-form.ts";

/**
 * Adds the page that asks whether to delete a conversation, and the routes that delete the conversation or one entry.
 */
export function addDeleteRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { appState, changeToken, conversations }: PageContext & ConversationsPorts,
  responses: ConversationResponses,
): void {
  const { journal, edits, contactOf } = conversations;

  pages.get("/delete", (c) => {
    const key = c.req.query("with") ?? "";
    const address = journal.addressOf(key);
    if (address === null) return responses.conversation(c, key);
    const state = appState(c);
    const { name } = personAt(address, contactOf, textsFor(state.language).conversations);
    const page = <DeletePage {...{ appState: state, name, conversationKey: key, changeToken }} />;
    return c.html(html`<!doctype html>${page}`);
  });

  pages.post("/delete", async (c) => {
    const form = await c.req.parseBody();
    const entryKey = parseEntryKey(fieldIn(form, "key"));
    if (entryKey !== null) {
      const address = journal.entry(entryKey)?.address ?? "";
      if ((await edits.deleteEntry(entryKey)) === "waiting") return responses.entry(c, entryKey, true);
      // If the deleted entry was the last one of its conversation, the conversation no longer exists, and `rest` is
      // null.
      const rest = journal.keyOf(address);
      const next = conversationUrl(rest);
      return c.redirect(next, 303);
    }
    const key = fieldIn(form, "with");
    const address = journal.addressOf(key);
    const undeleted = address === null ? 0 : (await edits.deleteConversation(address)).waiting;
    return undeleted > 0 ? responses.conversation(c, key, { undeleted }) : c.redirect("conversations", 303);
  });
}
