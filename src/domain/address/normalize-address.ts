import { normalizeText } from "../text/normalize-text.ts";
import { toPlainCharacters } from "../text/plain-characters.ts";
import { percentDecoded } from "./percent-decoded.ts";

/** Links to a number. Source: RFC 3966, RFC 5724 */
const LINK = /^(?:tel|callto|sms|smsto|mms|mmsto):(?:\/\/)?\s*(?=(?:%20)*(?:[+\d(]|%2[8B]|%3\d))/i;

/** A channel whose addresses are telephone numbers; the number after it is tidied in the same way. */
const CHANNEL = /^(whatsapp|rcs)\s*:(.*)$/is;

/** Left over at the edges of a number from a list or a text. */
const EDGES = /^[\s"'`,;:“”„«»‘’‚\\]+|[\s"'`,;:“”„«»‘’‚\\]+$/g;

/** The state of a number in Home Assistant has a decimal, also behind a `+` that a template wrote before it. */
const WHOLE_DECIMAL = /^(\+?\d{3,})\.0$/;

/**
 * An address (a number, a contact's name, `whatsapp:+…`) as people mean it: without invisible characters, quotation
 * marks and `tel:`, with plain digits, dashes and blanks. Options and actions both use it.
 */
export function normalizeAddress(text: string): string {
  const tidy = normalizeText(toPlainCharacters(normalizeText(text)));
  const [, channel, rest] = CHANNEL.exec(tidy) ?? [];
  if (channel !== undefined && rest !== undefined) return `${channel}:${normalizeAddress(rest)}`;
  if (LINK.test(tidy)) return numberOfLink(tidy.replace(LINK, ""));
  const bare = tidy.replace(EDGES, "").replace(WHOLE_DECIMAL, "$1");
  return /^[+\d(][\d\s().\-/]*$/.test(bare) ? bare : tidy;
}

/** Without the link's parameters, except an extension, which is refused with a sentence. */
function numberOfLink(link: string): string {
  const [number = "", ...parameters] = percentDecoded(link).split("?", 1).join("").split(";");
  const values = new Map(parameters.map((parameter) => splitAt(parameter.toLowerCase(), "=")));
  const context = values.get("phone-context") ?? "";
  const extension = values.get("ext");
  // A local number in the context of a country's or an area's code. A context can be a domain, which says nothing.
  const prefix = !number.startsWith("+") && context.startsWith("+") ? context : "";
  return `${prefix}${number}${extension === undefined ? "" : `;ext=${extension}`}`.trim();
}

function splitAt(text: string, separator: string): readonly [string, string] {
  const [name = "", ...value] = text.split(separator);
  return [name, value.join(separator)];
}
