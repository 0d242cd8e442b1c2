import type { ContactsTexts } from "../../texts/en/contacts.ts";
import { pageAddress } from "../shell/page-address.ts";

export interface SaveContactLinkProps {
  /** A number or another address that Twilio gives in `From`. */
  readonly address: string;
  readonly texts: ContactsTexts;
}

/** A link to the form that saves an address as a contact. The form is filled in, except for the name. */
export function SaveContactLink({ address, texts }: SaveContactLinkProps) {
  return <a href={`${pageAddress("contacts", { number: address })}#name`}>{texts.saveAs}</a>;
}
