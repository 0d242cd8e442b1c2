import type { Contact } from "../domain/contact.ts";
import { foldName } from "../domain/find-contact.ts";
import { maskNumber } from "../domain/mask-number.ts";
import type { Notifier } from "../domain/notifier.ts";
import { tidySender } from "../domain/tidy-sender.ts";
import { contactSchema, notifierSchema } from "./options-schema.ts";

interface Parsed<Item> {
  readonly items: readonly Item[];
  readonly warnings: readonly string[];
}

/** The usable notifiers; each other one is skipped with a sentence that says why. */
export function parseNotifiers(raw: readonly unknown[]): Parsed<Notifier> {
  return parseList(raw, "notifiers", "the name is taken already", (entry) => {
    const found = notifierSchema.safeParse(entry);
    if (!found.success) return problemsIn(found.error.issues);
    const { name, type, from_number: from, beside_core: besideCore } = found.data;
    const fromNumber = tidySender(from);
    // Core's own twilio_call refuses the same; its twilio_sms takes any sender.
    if (type === "call" && !/^\+[1-9]\d{1,14}$/.test(fromNumber)) {
      return `from_number of a call must be a number such as +15005550006 (found ${maskNumber(from)})`;
    }
    return { key: slug(name), item: { name: slug(name), type, fromNumber, besideCore } };
  });
}

/**
 * The usable contacts; each other one is skipped with a sentence that says why. Two of one name stay, since events can
 * name both; only an action that names them is refused.
 */
export function parseContacts(raw: readonly unknown[]): Parsed<Contact> {
  const { items, warnings } = parseList(raw, "contacts", "it is there already", (entry) => {
    const found = contactSchema.safeParse(entry);
    if (!found.success) return problemsIn(found.error.issues);
    const number = contactNumber(found.data.number);
    if (!/\d{3}/.test(number.replace(/\D/g, ""))) return "number is no phone number";
    const { name } = found.data;
    return { key: `${foldName(name)}\n${number}`, item: { name, number } };
  });
  const shared = [...Map.groupBy(items, ({ name }) => foldName(name)).values()]
    .filter((namesakes) => namesakes.length > 1)
    .map((namesakes) => namesakes.map(({ name }) => name).join(" and "));
  const ambiguous = shared.map(
    (names) =>
      `contacts: ${names} are one name to an action, which is refused if it asks for it; give them different names.`,
  );
  return { items, warnings: [...warnings, ...ambiguous] };
}

function parseList<Item>(
  raw: readonly unknown[],
  option: string,
  repeated: string,
  parse: (entry: unknown) => string | { readonly key: string; readonly item: Item },
): Parsed<Item> {
  const items = new Map<string, Item>();
  const warnings: string[] = [];
  for (const [index, entry] of raw.entries()) {
    const parsed = parse(entry);
    const problem = typeof parsed === "string" ? parsed : items.has(parsed.key) ? repeated : null;
    if (problem !== null) warnings.push(`${option}, entry ${index + 1}: ${problem}; it is skipped.`);
    else if (typeof parsed !== "string") items.set(parsed.key, parsed.item);
  }
  return { items: [...items.values()], warnings };
}

function problemsIn(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  return issues.map(({ path, message }) => [...path.map(String), message].join(": ")).join("; ");
}

/**
 * An international number without what people put between its digits. Any other one needs Home Assistant's country to
 * be read, and so does a 0 in brackets, which in most countries falls away.
 */
function contactNumber(text: string): string {
  const tight = text.replace(/[\s().\-/]/g, "");
  return /^(whatsapp:)?\+\d+$/i.test(tight) && !text.includes("(0)") ? tight : text;
}

/** As Core makes an action's name of it. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}
