import { normalizeText } from "../text/normalize-text.ts";
import { toPlainCharacters } from "../text/plain-characters.ts";
import { percentDecoded } from "./percent-decoded.ts";

/** Matches the beginning of a link to a phone number, such as `tel:`. Source: RFC 3966, RFC 5724 */
const LINK = /^(?:tel|callto|sms|smsto|mms|mmsto):(?:\/\/)?\s*(?=(?:%20)*(?:[+\d(]|%2[8B]|%3\d))/i;

/**
 * Matches a number in a channel whose members have phone numbers. The app normalizes the number after the colon like a
 * plain number.
 */
const CHANNEL = /^(whatsapp|rcs)\s*:(.*)$/is;

/** Matches blanks, quotation marks and punctuation that were copied together with a number. */
const EDGES = /^[\s"'`,;:“”„«»‘’‚\\]+|[\s"'`,;:“”„«»‘’‚\\]+$/g;

/**
 * Matches a number with `.0` at its end. The state of a number entity in Home Assistant has this decimal, also if a
 * template adds a `+` before it.
 */
const WHOLE_DECIMAL = /^(\+?\d{3,})\.0$/;

/**
 * Normalizes a recipient or sender in options and actions: a number, a contact's name, or a channel address. Removes
 * invisible characters, quotation marks and `tel:`. Replaces typographic digits, dashes and blanks by plain ones.
 */
export function normalizeAddress(text: string): string {
  const tidy = normalizeText(toPlainCharacters(normalizeText(text)));
  const [, channel, rest] = CHANNEL.exec(tidy) ?? [];
  if (channel !== undefined && rest !== undefined) return `${channel}:${normalizeAddress(rest)}`;
  if (LINK.test(tidy)) return numberOfLink(tidy.replace(LINK, ""));
  const bare = tidy.replace(EDGES, "").replace(WHOLE_DECIMAL, "$1");
  return /^[+\d(][\d\s().\-/]*$/.test(bare) ? bare : tidy;
}

/**
 * Reads the number in a link, without the link's parameters. An extension (`;ext=…`) stays, so that a later check
 * refuses it with an explanation.
 */
function numberOfLink(link: string): string {
  const [number = "", ...parameters] = percentDecoded(link).split("?", 1).join("").split(";");
  const values = new Map(parameters.map((parameter) => splitAt(parameter.toLowerCase(), "=")));
  const context = values.get("phone-context") ?? "";
  const extension = values.get("ext");
  // A local number in a `tel:` link may have its country or area code in `phone-context`. A `phone-context` that is a
  // domain is ignored.
  const prefix = !number.startsWith("+") && context.startsWith("+") ? context : "";
  return `${prefix}${number}${extension === undefined ? "" : `;ext=${extension}`}`.trim();
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const [name = "", ...value] = text.split(separator);
  return [name, value.join(separator)];
}
