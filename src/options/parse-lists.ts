import type { Contact } from "../contacts/contact.ts";
import { foldName } from "../contacts/contact.ts";
import { readContactNumber } from "../contacts/numbers/read-contact-number.ts";
import { EXAMPLE_ADDRESS, EXAMPLE_NUMBER, EXAMPLE_SENDER } from "../domain/address/example-number.ts";
import { normalizeSender } from "../domain/address/normalize-sender.ts";
import type { Notifier } from "../outbound/notify/notify-call.ts";
import { contactSchema, notifierSchema } from "./options-schema.ts";
import { parseFields } from "./parse-fields.ts";
import type { FieldIssue } from "./parse-fields.ts";
import { senderProblem } from "./sender-problem.ts";
import { describeValue } from "./text.ts";

interface Parsed<Item> {
  readonly items: readonly Item[];
  readonly warnings: readonly string[];
}

/**
 * Reads the option `notifiers` (actions `notify.<name>`). An entry that is not valid is left out, with a warning. If
 * only an optional field is not valid, only this field is left out.
 * `isTwilio`: false if the app uses another provider.
 */
export function parseNotifiers(raw: readonly unknown[], isTwilio: boolean): Parsed<Notifier> {
  return parseList(raw, "notifiers", "the name is already used; enter another one", (entry) => {
    const found = parseFields(notifierSchema, entry);
    const faults = problemsIn(found.issues, entry);
    if (!found.ok) return faults;
    const { type, from_number: from, beside_core: besideCore, targets } = found.data;
    const name = slug(found.data.name);
    if (name === null)
      return "name: enter the action's name in letters a to z and digits, such as twilio_sms";
    const fromNumber = normalizeSender(from);
    // A notifier for calls needs a phone number, and a notifier for texts may also have another sender, such as a
    // sender ID. Core's platforms twilio_call and twilio_sms have a similar rule.
    const problem =
      type === "call" && !/^\+[1-9]\d{6,14}$/.test(fromNumber)
        ? `of a call: enter ${EXAMPLE_SENDER}, with + and the country's code`
        : isTwilio
          ? senderProblem(from)
          : null;
    if (problem !== null) return `from_number${type === "call" ? " " : ": "}${problem}${describeValue(from)}`;
    return { key: name, item: { name, type, fromNumber, besideCore, targets }, faults };
  });
}

/**
 * Reads the option `contacts`. An entry that is not valid is left out, with a warning. If only its PIN or push action
 * is not valid, the contact stays without it, because alarms must reach the person. Two contacts may have the same
 * name, because the app finds the name for an event by the contact's number. But an action with this name is refused,
 * because the app cannot choose the number.
 */
export function parseContacts(raw: readonly unknown[]): Parsed<Contact> {
  const { items, warnings } = parseList(
    raw,
    "contacts",
    "the same name and number already exist; enter them once",
    (entry) => {
      const found = parseFields(contactSchema, entry);
      const faults = problemsIn(found.issues, entry);
      if (!found.ok) return faults;
      const number = readContactNumber(found.data.number);
      if (number === null)
        return `number: enter ${EXAMPLE_NUMBER}, or ${EXAMPLE_ADDRESS}${describeValue(found.data.number)}`;
      const { name, push, pin } = found.data;
      const item: Contact = {
        name,
        number,
        ...(push === null ? {} : { push }),
        ...(pin === null ? {} : { pin }),
      };
      return { key: `${foldName(name)}\n${number}`, item, faults };
    },
  );
  const shared = [...Map.groupBy(items, ({ name }) => foldName(name)).values()]
    .filter((namesakes) => namesakes.length > 1)
    .map((namesakes) => namesakes.map(({ name }) => name).join(" and "));
  const ambiguous = shared.map(
    (names) =>
      `contacts: ${names} are the same name for an action, so an action with this name is refused; give them different names.`,
  );
  return { items, warnings: [...warnings, ...ambiguous] };
}

interface ParsedEntry<Item> {
  /** Two entries with the same key are the same entry. */
  readonly key: string;
  readonly item: Item;
  /** The faults of fields that are left out, for a warning; empty if there are none. */
  readonly faults: string;
}

function parseList<Item>(
  raw: readonly unknown[],
  option: string,
  repeated: string,
  parse: (entry: unknown) => string | ParsedEntry<Item>,
): Parsed<Item> {
  const items = new Map<string, Item>();
  const warnings: string[] = [];
  for (const [index, entry] of raw.entries()) {
    const parsed = parse(entry);
    const problem = typeof parsed === "string" ? parsed : items.has(parsed.key) ? repeated : null;
    if (problem !== null) warnings.push(`${option}, entry ${index + 1}: ${problem}; it is skipped.`);
    else if (typeof parsed !== "string") {
      items.set(parsed.key, parsed.item);
      if (parsed.faults !== "")
        warnings.push(`${option}, entry ${index + 1}: ${parsed.faults}; the rest of the entry is used.`);
    }
  }
  return { items: [...items.values()], warnings };
}

function problemsIn(issues: readonly FieldIssue[], entry: unknown): string {
  return issues
    .map(({ path, message }) => {
      const [field] = path;
      if (field === undefined) return `${message}${describeValue(entry)}`;
      if (field === "pin") return `pin: ${message}`;
      return `${String(field)}: ${message}${describeValue((entry as Record<PropertyKey, unknown>)[field])}`;
    })
    .join("; ");
}

/**
 * Returns the name of the action that Core makes from a notifier's name. Null if a letter of the notifier's name has no
 * ASCII form here, such as `ß`. Also null for a name without letters and digits.
 */
function slug(name: string): string | null {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (/[^\p{ASCII}]/u.test(plain.replace(/[^\p{L}\p{N}]/gu, ""))) return null;
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "") || null;
}
