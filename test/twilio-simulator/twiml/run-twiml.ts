import { parseTwiml, TwimlError } from "./parse-twiml.ts";

export interface TwimlRun {
  /** The sounds that the person on the phone hears, in words. */
  readonly spoken: readonly string[];
  /** The status at the end: `in-progress` if it waits for digits, `busy` if it was rejected. */
  readonly status: "in-progress" | "completed" | "busy";
  /** The URL to which digits are sent, or null if there is no Gather. */
  readonly gatherAction: string | null;
  /** The texts of `<Message>`, the reply to an incoming message. */
  readonly replies: readonly string[];
}

/** Executes a document without a call, up to the first verb that waits. Throws also for warnings. */
export function runTwiml(body: string, contentType: string): TwimlRun {
  if (!/^(text|application)\/xml/.test(contentType))
    throw new TwimlError(12300, `Content-Type is ${contentType || "missing"}`);
  const { verbs, warnings } = parseTwiml(body);
  const [warning] = warnings;
  if (warning !== undefined) throw new TwimlError(warning.code, warning.message);

  const spoken: string[] = [];
  const replies: string[] = [];
  for (const verb of verbs) {
    switch (verb.name) {
      case "Say":
        spoken.push(`"${verb.text}" (${verb.attributes["language"] ?? "en-US"})`);
        break;
      case "Play":
        spoken.push(`plays ${verb.text}`);
        break;
      case "Message":
        replies.push(verb.children.find(({ name }) => name === "Body")?.text ?? verb.text);
        break;
      case "Reject":
        spoken.push(
          verb.attributes["reason"] === "busy" ? "the busy tone" : "that the number is not in service",
        );
        return { spoken, replies, status: "busy", gatherAction: null };
      case "Hangup":
        return { spoken, replies, status: "completed", gatherAction: null };
      case "Gather":
        spoken.push(...verb.children.filter(({ name }) => name === "Say").map(({ text }) => `"${text}"`));
        return { spoken, replies, status: "in-progress", gatherAction: verb.attributes["action"] ?? "" };
      default:
        break;
    }
  }
  return { spoken, replies, status: "completed", gatherAction: null };
}
