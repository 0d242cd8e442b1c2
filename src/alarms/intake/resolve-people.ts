import type { Contact } from "../../contacts/contact.ts";
import { foldName } from "../../contacts/contact.ts";
import type { ResolveRecipient } from "../../contacts/ports.ts";
import { recipientText } from "../../domain/payload/recipient-value.ts";
import { splitList } from "../../domain/text/split-list.ts";
import { alarmTexts } from "../alarm-texts.ts";
import type { AlarmChannel } from "../alarm.ts";
import type { NewPerson } from "../changes/start.ts";
import { MOST_PEOPLE } from "./alarm-payload.ts";
import type { StartPayload } from "./alarm-payload.ts";

export interface ResolvePeopleOptions {
  readonly contacts: () => readonly Contact[];
  readonly resolveRecipient: ResolveRecipient;
  /** The name of the contact with this number or channel address; null if no contact has it. */
  readonly contactOf: (address: string) => string | null;
  readonly defaultSender: string | null;
  /**
   * Whether a number is a sender in the options, or one of the user's numbers at Twilio that the app knows from
   * webhooks. Alarms do not call such numbers.
   */
  readonly isOwnNumber: (address: string) => boolean;
  /** Whether Twilio refused messages to this number because its owner has opted out. */
  readonly hasOptedOut: (number: string) => boolean;
}

export interface ResolvedPeople {
  readonly people: readonly NewPerson[];
  /** Sentences about people whom the alarm cannot reach at all, or cannot reach on all their channels. */
  readonly warnings: string[];
}

/**
 * Finds the numbers and channels of the people of an alarm. A warning names each person whom the alarm cannot reach.
 * The others are still called.
 */
export async function resolvePeople(
  { people, channels, confirm }: Pick<StartPayload, "people" | "channels" | "confirm">,
  language: string,
  options: ResolvePeopleOptions,
): Promise<ResolvedPeople> {
  const { warnings: texts } = alarmTexts(language);
  const found = new Map<string, NewPerson>();
  const warnings: string[] = [];
  const all = await separated(people, options);
  if (all.length > MOST_PEOPLE) warnings.push(texts.tooMany(MOST_PEOPLE, all.length - MOST_PEOPLE));
  for (const given of all.slice(0, MOST_PEOPLE)) {
    const recipient = await options.resolveRecipient(given.person, false);
    if (!recipient.ok) {
      warnings.push(`people: ${recipient.reason}`);
      continue;
    }
    const number = recipient.address.replace(/^[a-z]+:/i, "");
    if (!/^\+\d+$/.test(number) || options.isOwnNumber(number)) {
      warnings.push(texts.notCalled(recipientText(given.person)));
      continue;
    }
    const contactName = recipient.contact ?? options.contactOf(number);
    const { push, pin } = detailsOf(contactName, options.contacts());
    const name = contactName ?? number;
    const wanted: readonly AlarmChannel[] = given.channels ?? channels;
    if (wanted.includes("push") && push === null) warnings.push(texts.noPush(name));
    if (confirm === "pin" && pin === null) warnings.push(texts.noPin(name));
    if (wanted.includes("sms") && options.hasOptedOut(number)) warnings.push(texts.optedOut(name));
    const usable = wanted.filter((channel) => channel !== "push" || push !== null);
    const known = found.get(number);
    if (known !== undefined && known.name !== name) warnings.push(texts.sameNumber(known.name, name));
    found.set(number, {
      name: known?.name ?? name,
      contact: known?.contact ?? contactName,
      channels: [...new Set([...(known?.channels ?? []), ...usable])],
      number,
      sender: options.defaultSender,
      push: known?.push ?? push,
      pin: known?.pin ?? pin,
    });
  }
  return { people: [...found.values()].filter((person) => person.channels.length > 0), warnings };
}

/** Separates people who are listed in one text. The name of a contact can contain a comma, and stays as it is. */
async function separated(
  people: StartPayload["people"],
  { resolveRecipient }: Pick<ResolvePeopleOptions, "resolveRecipient">,
): Promise<StartPayload["people"]> {
  const lists = people.map(async (given) => {
    if (typeof given.person !== "string") return [given];
    const parts = splitList(given.person).map((part) => part.trim());
    if (parts.length === 1 || (await resolveRecipient(given.person, false)).ok) return [given];
    return parts.filter((part) => part !== "").map((part) => ({ ...given, person: part }));
  });
  return (await Promise.all(lists)).flat();
}

/**
 * The push action and PIN of the contact with this name. One contact may be in the options and on the app's page, where
 * only one of them has a push action or a PIN.
 */
function detailsOf(name: string | null, contacts: readonly Contact[]): Pick<NewPerson, "push" | "pin"> {
  const namesakes = contacts.filter((contact) => name !== null && foldName(contact.name) === foldName(name));
  const valueOf = (field: "push" | "pin"): string | null =>
    namesakes.find((contact) => contact[field] !== undefined)?.[field] ?? null;
  return { push: valueOf("push"), pin: valueOf("pin") };
}
