import { XMLParser, XMLValidator } from "fast-xml-parser";

/** One verb of a document, in order, with the verbs and text inside it. */
interface Verb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Verb[];
}

export interface TwimlRun {
  /** What the person on the phone meets, in words. */
  readonly heard: readonly string[];
  /** How it ended: still `in-progress` where digits are waited for, `busy` where it was rejected. */
  readonly status: "in-progress" | "completed" | "busy";
  /** Where the digits go; null where none are asked for. */
  readonly gatherAction: string | null;
  /** Texts of `<Message>`, the reply to an inbound message. */
  readonly replies: readonly string[];
}

/** An answer that Twilio would report in the debugger, under its code. */
export class TwimlError extends Error {
  override readonly name = "TwimlError";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const MOST_BYTES = 64 * 1024;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
});

/** Executes a TwiML document without taking time. Throws what Twilio would put into the owner's debugger. */
export function runTwiml(body: string, contentType: string): TwimlRun {
  if (!/^(text|application)\/xml/.test(contentType))
    throw new TwimlError(12300, `Content-Type is ${contentType || "missing"}`);
  if (Buffer.byteLength(body) > MOST_BYTES) throw new TwimlError(11750, "the answer is larger than 64 kB");
  if (XMLValidator.validate(body) !== true) throw new TwimlError(12100, "the answer is no well-formed XML");
  const [response] = verbsIn(parser.parse(body)).filter(({ name }) => name !== "?xml");
  if (response?.name !== "Response") throw new TwimlError(12102, "the root is not Response");

  const heard: string[] = [];
  const replies: string[] = [];
  for (const verb of response.children) {
    switch (verb.name) {
      case "Say":
        heard.push(`"${verb.text}" (${verb.attributes["language"] ?? "en-US"})`);
        break;
      case "Play":
        heard.push(`plays ${verb.text}`);
        break;
      case "Pause":
        break;
      case "Message":
        replies.push(verb.children.find(({ name }) => name === "Body")?.text ?? verb.text);
        break;
      case "Reject":
        heard.push(
          verb.attributes["reason"] === "busy" ? "the busy tone" : "that the number is not in service",
        );
        return { heard, replies, status: "busy", gatherAction: null };
      case "Hangup":
        return { heard, replies, status: "completed", gatherAction: null };
      case "Gather":
        heard.push(...verb.children.filter(({ name }) => name === "Say").map(({ text }) => `"${text}"`));
        return { heard, replies, status: "in-progress", gatherAction: verb.attributes["action"] ?? "" };
      default:
        throw new TwimlError(12200, `unknown verb ${verb.name}`);
    }
  }
  return { heard, replies, status: "completed", gatherAction: null };
}

function verbsIn(nodes: unknown): Verb[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: Record<string, unknown>) => {
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) return [];
    const inside = node[name];
    const attributes = (node[":@"] ?? {}) as Record<string, string>;
    return [{ name, attributes, text: textIn(inside), children: verbsIn(inside) }];
  });
}

function textIn(nodes: unknown): string {
  if (!Array.isArray(nodes)) return "";
  return nodes
    .map((node: Record<string, unknown>) => (typeof node["#text"] === "string" ? node["#text"] : ""))
    .join("");
}
