import type { Contact } from "../domain/contact-of.ts";
import { maskNumber } from "../domain/mask-number.ts";
import type { Notifier } from "../domain/notifier.ts";
import { contactSchema, notifierSchema } from "./options-schema.ts";

interface Parsed<Item> {
  readonly items: readonly Item[];
  readonly warnings: readonly string[];
}

/** The usable notifiers; each other one is skipped with a sentence that says why. */
export function parseNotifiers(raw: readonly unknown[]): Parsed<Notifier> {
  return parseList(raw, "notifiers", (entry) => {
    const found = notifierSchema.safeParse(entry);
    if (!found.success) return problemsIn(found.error.issues);
    const { name, type, from_number: from, beside_core: besideCore } = found.data;
    const fromNumber = sender(from);
    // Core's own twilio_call refuses the same; its twilio_sms takes any sender.
    if (type === "call" && !/^\+[1-9]\d{1,14}$/.test(fromNumber)) {
      return `from_number of a call must be a number such as +15005550006 (found ${maskNumber(from)})`;
    }
    return { key: slug(name), item: { name: slug(name), type, fromNumber, besideCore } };
  });
}

/** The usable contacts; each other one is skipped with a sentence that says why. */
export function parseContacts(raw: readonly unknown[]): Parsed<Contact> {
  return parseList(raw, "contacts", (entry) => {
    const found = contactSchema.safeParse(entry);
    if (!found.success) return problemsIn(found.error.issues);
    const { name, number } = found.data;
    if (!/\d{3}/.test(number.replace(/\D/g, ""))) return "number is no phone number";
    return { key: name.toLowerCase().replace(/\s+/g, " "), item: { name, number: sender(number) } };
  });
}

function parseList<Item>(
  raw: readonly unknown[],
  option: string,
  parse: (entry: unknown) => string | { readonly key: string; readonly item: Item },
): Parsed<Item> {
  const items = new Map<string, Item>();
  const warnings: string[] = [];
  for (const [index, entry] of raw.entries()) {
    const parsed = parse(entry);
    const problem =
      typeof parsed === "string" ? parsed : items.has(parsed.key) ? "the name is taken already" : null;
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

/** A number in E.164 also without its `+` or with spaces, as Core takes it; `MG…`, names and channels stay. */
function sender(text: string): string {
  const tight = text.replace(/[\s().\-/]/g, "");
  if (/^\+\d+$/.test(tight)) return tight;
  return /^[1-9]\d{7,14}$/.test(tight) ? `+${tight}` : text;
}

/** As Core makes an action's name of it. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}
