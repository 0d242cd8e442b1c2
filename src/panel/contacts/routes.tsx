import type { Context, Hono } from "hono";
import { html } from "hono/html";

import type { ContactChange } from "../../contacts/contact-list.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { PageContext } from "../shell/app-state.ts";
import { ContactsPage } from "./contacts-page.tsx";
import type { ContactsPageProps } from "./contacts-page.tsx";
import type { ContactsPorts } from "./ports.ts";

/**
 * Adds the page Contacts. With `contacts?number=…`, the form is filled in for a new contact with this number. With
 * `contacts?edit=…`, the form changes the contact with this ID.
 */
export function addContactsRoutes(
  pages: Hono<{ Bindings: RequestBindings }>,
  { appState, changeToken, contacts }: PageContext & ContactsPorts,
): void {
  pages.get("/contacts", (c) => {
    const edited = contacts.own().find(({ id }) => id === c.req.query("edit"));
    const number = c.req.query("number") ?? "";
    const done = c.req.query("done");
    return c.html(
      page(c, {
        form: edited ?? { id: null, name: "", number },
        fault: null,
        done: done === "saved" || done === "removed" ? done : null,
      }),
    );
  });

  pages.post("/contacts", async (c) => {
    const fields = await c.req.parseBody();
    const text = (name: string): string => (typeof fields[name] === "string" ? fields[name] : "");
    const id = text("id") === "" ? null : text("id");
    const typed = { name: text("name"), number: text("number"), push: text("push"), pin: text("pin") };
    const isRemoval = text("action") === "remove";
    const change = await stored(() => (isRemoval ? contacts.remove(id ?? "") : contacts.save(typed, id)));
    // Because of the redirect, reloading the page does not submit the form again.
    if (change.ok) return c.redirect(`contacts?done=${isRemoval ? "removed" : "saved"}`, 303);
    // If another browser has removed the contact, the form adds the typed values as a new one.
    const formId = change.fault === "gone" ? null : id;
    const form = isRemoval ? { id: null, name: "", number: "" } : { id: formId, ...typed };
    return c.html(
      page(c, { form, fault: change.fault, done: null }),
      change.fault === "not_stored" ? 503 : 400,
    );
  });

  function page(c: Context, shown: Pick<ContactsPageProps, "form" | "fault" | "done">) {
    const { fromOptions, own } = contacts;
    const { form, fault, done } = shown;
    const content = (
      <ContactsPage appState={appState(c)} own={own()} {...{ fromOptions, form, fault, done, changeToken }} />
    );
    return html`<!doctype html>${content}`;
  }
}

type StoredChange = ContactChange | { readonly ok: false; readonly fault: "not_stored" };

/** Makes a change, and returns its result. The change can fail, for example because the disk is full. */
async function stored(change: () => Promise<ContactChange>): Promise<StoredChange> {
  try {
    return await change();
  } catch {
    return { ok: false, fault: "not_stored" };
  }
}
