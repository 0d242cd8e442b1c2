import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { personOf } from "../../domain/events/conversation.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { PanelCall } from "../../outbound/commands/reply.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import { CallPage } from "./call-page.tsx";
import type { UnmadeCall } from "./call-page.tsx";
import { conversationUrl } from "./conversation-url.ts";
import { canCall, personAt } from "./person.ts";
import type { ConversationsPorts } from "./ports.ts";
import { fieldIn } from "./read-message-form.ts";
import type { Form } from "./read-message-form.ts";
import { requestIdOf } from "./request-id.ts";

type Env = { Bindings: RequestBindings };

type ReadCall =
  | { readonly ok: true; readonly call: Pick<PanelCall, "to" | "instructions"> }
  | ({ readonly ok: false } & Pick<UnmadeCall, "fault" | "reason">);

/**
 * Adds the page that calls a person, and the route that makes the call.
 *
 * @returns a function that answers a request with this page, for a number that the user typed on another page
 */
export function addCallRoutes(pages: Hono<Env>, options: PageContext & ConversationsPorts) {
  const { appState, changeToken, chance, conversations } = options;
  const { journal, contactOf, contacts, resolve } = conversations;

  pages.get("/call", (c) => {
    const address = journal.addressOf(c.req.query("with") ?? "");
    return address === null ? c.redirect("conversations", 303) : callPage(c, address);
  });

  pages.post("/call", async (c) => {
    const form = await c.req.parseBody();
    const address = fieldIn(form, "to");
    const typed = { phone: fieldIn(form, "phone").trim(), say: fieldIn(form, "say").trim() };
    const read = await readCall(form, address, typed);
    if (!read.ok) return callPage(c, address, { ...typed, fault: read.fault, reason: read.reason });
    const isStored = await conversations.call({
      ...read.call,
      requestId: requestIdOf(fieldIn(form, "idempotency_key"), address, JSON.stringify(read.call)),
      sender: numberOf(address),
    });
    if (!isStored) return callPage(c, address, { ...typed, fault: "notStored", reason: null }, 503);
    if (typed.phone !== "") conversations.rememberOwnPhone(typed.phone);
    return c.redirect(conversationUrl(journal.keyOf(address)), 303);
  });

  return { callPage };

  async function readCall(
    form: Form,
    address: string,
    { phone, say }: Pick<UnmadeCall, "phone" | "say">,
  ): Promise<ReadCall> {
    if (!canCall(address)) return { ok: false, fault: "impossible", reason: null };
    if (fieldIn(form, "do") === "say") {
      if (say === "") return { ok: false, fault: "empty", reason: null };
      return { ok: true, call: { to: address, instructions: { say } } };
    }
    const own = await resolve(phone);
    if (!own.ok) return { ok: false, fault: "phoneUnknown", reason: own.reason };
    if (personOf(own.address) === address) return { ok: false, fault: "samePhone", reason: null };
    return { ok: true, call: { to: own.address, instructions: { connectTo: address } } };
  }

  /**
   * Finds the number from which the app calls a person: the account's number in the last message or call with this
   * person. Returns null if no such number exists or if it cannot make calls. The app then calls from its default
   * number.
   */
  function numberOf(address: string): string | null {
    const ours = journal.entries(address, null, 1)[0]?.ours ?? null;
    return ours !== null && canCall(ours) ? ours : null;
  }

  function callPage(
    c: Context<Env>,
    to: string,
    unmade: UnmadeCall | null = null,
    status: 200 | 400 | 503 = unmade === null ? 200 : 400,
  ) {
    const state = appState(c);
    const address = personOf(to);
    const { name } = personAt(address, contactOf, textsFor(state.language).conversations);
    const page = (
      <CallPage
        {...{ appState: state, name, address, unmade, changeToken }}
        conversationKey={journal.keyOf(address)}
        canCall={canCall(address)}
        contacts={contacts()}
        phone={conversations.ownPhone() ?? ""}
        idempotencyKey={chance.bytes(16).toString("base64url")}
      />
    );
    return c.html(html`<!doctype html>${page}`, status);
  }
}
