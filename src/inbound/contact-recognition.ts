import type { Contacts } from "../contacts/open-contacts.ts";
import type { InboundContext } from "../domain/events/outgoing-event.ts";
import type { DeliveryReferences } from "./ports.ts";

export type RecognizeContact = InboundContext["recognize"];

/**
 * Creates the function that finds the contact with a number or channel address. A contact is verified if its number has
 * exactly this form, or if the app has already sent something to this form.
 */
export function createContactRecognition(
  contacts: Pick<Contacts, "recognize">,
  deliveries: Pick<DeliveryReferences, "hasSentTo">,
): RecognizeContact {
  return function recognizeContact(address) {
    const found = contacts.recognize(address);
    return found && { name: found.name, isVerified: found.isExact || deliveries.hasSentTo(address) };
  };
}
