import type { ContactsTexts } from "../../texts/en/contacts.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { ContactsPageProps } from "./contacts-page.tsx";

export interface ContactFormProps extends Pick<ContactsPageProps, "form" | "fault" | "changeToken"> {
  readonly texts: ContactsTexts;
}

/** Shows the form that adds or changes a contact. If the values had a fault, the form still contains them. */
export function ContactForm({ form, fault, changeToken, texts: said }: ContactFormProps) {
  return (
    <section class="card" aria-labelledby="edit">
      <h2 id="edit">{form.id === null ? said.addTitle : said.changeTitle}</h2>
      {fault === null ? null : (
        <p class="outcome attention" role="alert">
          {said.faults[fault]}
        </p>
      )}
      <form method="post" action="contacts" class="fields">
        <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} autocomplete="off" />
        {form.id === null ? null : <input type="hidden" name="id" value={form.id} autocomplete="off" />}
        <label for="name">{said.name}</label>
        <input id="name" name="name" value={form.name} required maxlength={80} autocomplete="off" />
        <label for="number">{said.number}</label>
        <input
          id="number"
          name="number"
          value={form.number}
          required
          maxlength={100}
          inputmode="tel"
          autocomplete="off"
          aria-describedby="number-hint"
        />
        <p class="note" id="number-hint">
          {said.numberHint}
        </p>
        <label for="push">{said.push}</label>
        <input
          id="push"
          name="push"
          value={form.push}
          maxlength={120}
          autocapitalize="off"
          autocomplete="off"
          aria-describedby="push-hint"
        />
        <p class="note" id="push-hint">
          {said.pushHint}
        </p>
        <label for="pin">{said.pin}</label>
        <input
          id="pin"
          name="pin"
          value={form.pin}
          maxlength={8}
          inputmode="numeric"
          autocomplete="off"
          aria-describedby="pin-hint"
        />
        <p class="note" id="pin-hint">
          {said.pinHint}
        </p>
        <button name="action" value="save">
          {said.save}
        </button>
        {form.id === null ? null : <a href="contacts">{said.cancel}</a>}
      </form>
    </section>
  );
}
