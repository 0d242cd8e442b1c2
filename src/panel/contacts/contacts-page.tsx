import type { ContactFault, TypedContact } from "../../contacts/contact-list.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { StoredContact } from "../../contacts/ports.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { ConfigurationLink } from "../shell/configuration-link.tsx";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { ContactForm } from "./contact-form.tsx";

export interface ContactsPageProps {
  readonly appState: AppState;
  readonly fromOptions: readonly Contact[];
  readonly own: readonly StoredContact[];
  /** The values in the form. `id` is the contact that the form changes; null if it adds one. */
  readonly form: TypedContact & { readonly id: string | null };
  /** Why the app did not accept the form; null if it did, or if no form was sent. */
  readonly fault: ContactFault | "not_stored" | null;
  /** The action that the user has just finished, from the page's URL; null for none. */
  readonly done: "saved" | "removed" | null;
  readonly changeToken: string;
}

/** Shows all contacts, and a form that adds or changes one. Changes take effect at once, without a restart. */
export function ContactsPage(props: ContactsPageProps) {
  const { appState, fromOptions, own, form, fault, done, changeToken } = props;
  const texts = textsFor(appState.language);
  const { contacts: said } = texts;
  return (
    <Page texts={texts} current="conversations" title={said.title} appState={appState}>
      <p class="back">
        <a href="conversations">{said.back}</a>
      </p>
      {done === null ? null : (
        <p class="card outcome good" role="status">
          {said.done[done]}
        </p>
      )}
      <section class="card" aria-labelledby="all-contacts">
        <h2 id="all-contacts">{said.list}</h2>
        {own.length + fromOptions.length === 0 ? <p class="note">{said.none}</p> : null}
        <ul class="contacts">
          {own.map((contact) => (
            <li>
              <Named contact={contact} />
              <a href={`${pageAddress("contacts", { edit: contact.id })}#name`}>
                {said.change} <span class="unseen">{contact.name}</span>
              </a>
              <form method="post" action="contacts">
                <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} autocomplete="off" />
                <input type="hidden" name="id" value={contact.id} autocomplete="off" />
                <button name="action" value="remove" class="quiet">
                  {said.remove} <span class="unseen">{contact.name}</span>
                </button>
              </form>
            </li>
          ))}
          {fromOptions.map((contact) => (
            <li>
              <Named contact={contact} />
              <span class="note">{said.fromOptions}</span>
            </li>
          ))}
        </ul>
        {fromOptions.length === 0 ? null : (
          <p class="note">
            {said.optionsNote}{" "}
            <ConfigurationLink path={appState.configurationPath}>{texts.options.open}</ConfigurationLink>
          </p>
        )}
      </section>
      <ContactForm {...{ form, fault, changeToken }} texts={said} />
    </Page>
  );
}

function Named({ contact: { name, number } }: { readonly contact: Contact }) {
  return (
    <span class="named">
      <strong>{name}</strong> <span class="number">{number}</span>
    </span>
  );
}
