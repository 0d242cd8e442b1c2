import type { TwimlRequest } from "../phone/caller-act.ts";
import type { RequestOutcome } from "../webhooks/request-webhook.ts";
import { parseTwiml, TwimlError } from "./parse-twiml.ts";
import type { Verb } from "./parse-twiml.ts";

/**
 * Reads the TwiML in an answer. Plain text is spoken and a sound file is played, and then the call ends.
 *
 * @throws {TwimlError} for an answer that ends the call with an error. Source: twilio.com/docs/voice/twiml
 */
export async function fetchDocument(
  request: TwimlRequest,
  ask: (request: TwimlRequest) => Promise<RequestOutcome>,
  got: (body: string) => void,
  note: (code: number, message: string) => void,
): Promise<readonly Verb[]> {
  const outcome = await ask(request);
  if (!outcome.ok) throw new TwimlError(outcome.code, outcome.reason);
  const { body, contentType } = outcome.answer;
  got(body);
  const type = contentType.split(";")[0]?.trim() ?? "";
  if (type.startsWith("audio/")) return [verb("Play", request.url)];
  if (type === "text/plain" && !body.trimStart().startsWith("<")) return [verb("Say", body)];
  if (!["text/xml", "application/xml", "text/html", "text/plain"].includes(type))
    throw new TwimlError(12300, `Content-Type is ${type || "missing"}`);
  const { verbs, warnings } = parseTwiml(body);
  for (const { code, message } of warnings) note(code, message);
  return verbs;
}

function verb(name: string, text: string): Verb {
  return { name, text, attributes: {}, children: [] };
}
