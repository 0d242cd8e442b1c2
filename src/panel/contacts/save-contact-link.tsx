import type { ContactsTexts } from "../../texts/en/contacts.ts";
import { pageAddress } from "../shell/page-address.ts";

export interface SaveContactLinkProps {
  /** A number or channel address, as Twilio writes it in `From`, but without `whatsapp:` or `rcs:`. */
  readonly address: string;
  readonly texts: ContactsTexts;
}

/** Shows a link to the form that saves a number as a contact. The form already contains the number. */
export function SaveContactLink({ address, texts }: SaveContactLinkProps) {
  return <a href={`${pageAddress("contacts", { number: address })}#name`}>{texts.saveAs}</a>;
}
