import { XMLParser, XMLValidator } from "fast-xml-parser";

import { TWIML_WORDS } from "./twiml-words.ts";

/** One verb of a document, with its nested verbs and its text. */
export interface Verb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, and the text in nested SSML. */
  readonly text: string;
  readonly children: readonly Verb[];
}

/** An entry in Twilio's debugger. Codes: twilio.com/docs/api/errors */
export interface TwimlProblem {
  readonly code: number;
  readonly message: string;
}

export interface ParsedTwiml {
  readonly verbs: readonly Verb[];
  /** Unknown words, attributes and nesting, which Twilio skips with a warning. */
  readonly warnings: readonly TwimlProblem[];
}

/** Twilio would not execute this document. `code`: that of Twilio's debugger. */
export class TwimlError extends Error {
  override readonly name = "TwimlError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const MOST_BYTES = 64 * 1024;
/** An ampersand that does not begin one of XML's entities. HTML's entities are not valid in XML. */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // Numeric references, too.
  htmlEntities: true,
});

/** Parses a TwiML document as strictly as Twilio. Throws a TwimlError for a document that Twilio does not execute. */
export function parseTwiml(body: string): ParsedTwiml {
  if (Buffer.byteLength(body) > MOST_BYTES) throw new TwimlError(11750, "the document is larger than 64 kB");
  const problem = notWellFormed(body);
  if (problem !== null) throw new TwimlError(12100, problem);
  const roots = elementsIn(parser.parse(body)).filter(({ name }) => name !== "?xml");
  if (roots.length > 1) throw new TwimlError(12100, "the document has more than one root");
  const [response] = roots;
  if (response?.name !== "Response") throw new TwimlError(12102, "the root is not Response");
  const warnings: TwimlProblem[] = [];
  return { verbs: known(response, warnings).children, warnings };
}

function notWellFormed(body: string): string | null {
  if (/^\s+<\?xml/.test(body)) return "there is something before <?xml";
  if (!body.isWellFormed() || FORBIDDEN_CHARACTER.test(body)) return "it has a character that XML forbids";
  const markup = body.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, "");
  if (BARE_AMPERSAND.test(markup)) return "it has a bare &";
  for (const [, decimal, hex] of markup.matchAll(/&#(?:(\d+)|x([\da-f]+));/gi)) {
    const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return "it refers to no character";
    if (FORBIDDEN_CHARACTER.test(String.fromCodePoint(point)))
      return "it refers to a character that XML forbids";
  }
  if (/<[^<>]*</.test(markup)) return "it has a bare <";
  return XMLValidator.validate(body) === true ? null : "it is not well-formed XML";
}

/** The element with its known attributes and children. Unknown ones are added to `warnings`. */
function known(element: Verb, warnings: TwimlProblem[]): Verb {
  const word = TWIML_WORDS[element.name];
  // Words of SSML are not checked, because they depend on the voice.
  if (word === undefined) return element;
  const warn = (message: string): void => void warnings.push({ code: 12200, message });
  for (const name of Object.keys(element.attributes)) {
    if (!word.attributes.includes(name)) warn(`<${element.name}> has no attribute ${name}`);
  }
  if (word.text !== true && element.text.trim() !== "") warn(`<${element.name}> holds text`);
  const children = element.children.filter(({ name }) => {
    const isAllowed = word.children?.includes(name) === true;
    if (!isAllowed) warn(`<${name}> does not belong into <${element.name}>`);
    return isAllowed;
  });
  return { ...element, children: children.map((child) => known(child, warnings)) };
}

function elementsIn(nodes: unknown): Verb[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: Record<string, unknown>) => {
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) return [];
    const inside = node[name];
    const attributes = (node[":@"] ?? {}) as Record<string, string>;
    const isSpoken = name === "Say" || TWIML_WORDS[name] === undefined;
    return [{ name, attributes, text: textIn(inside, isSpoken), children: elementsIn(inside) }];
  });
}

function textIn(nodes: unknown, isSpoken: boolean): string {
  if (!Array.isArray(nodes)) return "";
  return nodes
    .map((node: Record<string, unknown>) => {
      if (typeof node["#text"] === "string") return node["#text"];
      return isSpoken ? textIn(Object.entries(node).find(([key]) => key !== ":@")?.[1], true) : "";
    })
    .join("");
}
