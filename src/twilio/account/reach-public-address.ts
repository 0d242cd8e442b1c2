import type { Reach } from "../../inbound/reach.ts";

/** Twilio itself waits so long for a connection, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Ours is far below. */
const MOST_BYTES = 4096;

/** OpenSSL's words, and Node's for a name that is another. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)_/;

/**
 * Asks the app's own public address for `/health`. `identity` is made anew at each start and given to whoever asks
 * there: it tells one process from another and is no secret. Nothing of an answer is handed on. Never rejects.
 */
export async function reachPublicAddress(base: string, identity: string): Promise<Reach> {
  try {
    const response = await fetch(`${base}/health`, {
      redirect: "manual",
      headers: { Accept: "application/json", Connection: "close" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { status } = response;
    const text = await beginning(response);
    if (status >= 300 && status < 400) return { kind: "redirected" };
    return saysIdentity(text, identity) ? { kind: "ours" } : { kind: "other", status };
  } catch (error) {
    const code = codeOf(error);
    return { kind: UNTRUSTED.test(code) ? "untrusted" : "unreachable", code };
  }
}

async function beginning(response: Response): Promise<string> {
  let text = "";
  if (response.body === null) return text;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.length > MOST_BYTES) return "";
  }
  return text;
}

function saysIdentity(text: string, identity: string): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && "app" in said && said.app === identity;
  } catch {
    return false;
  }
}

/** Only the code: a message may hold addresses of the house. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError") return "ETIMEDOUT";
  const cause: unknown = error.cause;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : null;
  return typeof code === "string" ? code : "no answer";
}
