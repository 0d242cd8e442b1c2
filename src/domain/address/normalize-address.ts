import { normalizeText } from "../text/normalize-text.ts";
import { toPlainCharacters } from "../text/plain-characters.ts";
import { percentDecoded } from "./percent-decoded.ts";

/** Links to a number. Source: RFC 3966, RFC 5724 */
const LINK = /^(?:tel|callto|sms|smsto|mms|mmsto):(?:\/\/)?\s*(?=(?:%20)*(?:[+\d(]|%2[8B]|%3\d))/i;

/** A channel whose members have phone numbers. The number after the colon is normalized like a plain number. */
const CHANNEL = /^(whatsapp|rcs)\s*:(.*)$/is;

/** Marks around a number that was copied from a list or a text. */
const EDGES = /^[\s"'`,;:“”„«»‘’‚\\]+|[\s"'`,;:“”„«»‘’‚\\]+$/g;

/** The state of a number entity in Home Assistant has a decimal, also if a template adds a `+` before it. */
const WHOLE_DECIMAL = /^(\+?\d{3,})\.0$/;

/**
 * Normalizes a recipient or sender (a number, a contact's name, `whatsapp:+…`) in options and actions. Invisible
 * characters, quotation marks and `tel:` are removed; digits, dashes and blanks become plain ones.
 */
export function normalizeAddress(text: string): string {
  const tidy = normalizeText(toPlainCharacters(normalizeText(text)));
  const [, channel, rest] = CHANNEL.exec(tidy) ?? [];
  if (channel !== undefined && rest !== undefined) return `${channel}:${normalizeAddress(rest)}`;
  if (LINK.test(tidy)) return numberOfLink(tidy.replace(LINK, ""));
  const bare = tidy.replace(EDGES, "").replace(WHOLE_DECIMAL, "$1");
  return /^[+\d(][\d\s().\-/]*$/.test(bare) ? bare : tidy;
}

/** The number in a link, without parameters. An extension stays, so that it is refused with an explanation. */
function numberOfLink(link: string): string {
  const [number = "", ...parameters] = percentDecoded(link).split("?", 1).join("").split(";");
  const values = new Map(parameters.map((parameter) => splitAt(parameter.toLowerCase(), "=")));
  const context = values.get("phone-context") ?? "";
  const extension = values.get("ext");
  // A local number may need the country's or area's code in the context. A context that is a domain is ignored.
  const prefix = !number.startsWith("+") && context.startsWith("+") ? context : "";
  return `${prefix}${number}${extension === undefined ? "" : `;ext=${extension}`}`.trim();
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const [name = "", ...value] = text.split(separator);
  return [name, value.join(separator)];
}
