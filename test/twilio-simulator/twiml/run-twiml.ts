import { parseTwiml, TwimlError } from "./parse-twiml.ts";

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

/** Reads a document up to where it asks something, without a call. Throws also what Twilio only warns of. */
export function runTwiml(body: string, contentType: string): TwimlRun {
  if (!/^(text|application)\/xml/.test(contentType))
    throw new TwimlError(12300, `Content-Type is ${contentType || "missing"}`);
  const { verbs, warnings } = parseTwiml(body);
  const [warning] = warnings;
  if (warning !== undefined) throw new TwimlError(warning.code, warning.message);

  const heard: string[] = [];
  const replies: string[] = [];
  for (const verb of verbs) {
    switch (verb.name) {
      case "Say":
        heard.push(`"${verb.text}" (${verb.attributes["language"] ?? "en-US"})`);
        break;
      case "Play":
        heard.push(`plays ${verb.text}`);
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
        break;
    }
  }
  return { heard, replies, status: "completed", gatherAction: null };
}
