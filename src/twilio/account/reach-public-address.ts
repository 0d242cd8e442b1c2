import type { Clock } from "../../domain/clock.ts";
import { readAtMost } from "../../domain/read-at-most.ts";
import { TransportError } from "../../domain/transport.ts";
import type { Transport } from "../../domain/transport.ts";
import type { Reach } from "../../inbound/reach.ts";

/** How long the check waits for an answer, in milliseconds: as long as Twilio waits for a connection. */
const PATIENCE_MS = 5_000;
/** How many bytes of an answer the check reads. The app's own answer is much shorter. */
const MOST_BYTES = 4096;

/** Matches OpenSSL's error codes for certificates, and Node's code for a wrong host name. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_(TLS|SSL)_/;

/**
 * Fetches `/health` below the app's own public address, to check that the URL leads to this process. Never rejects.
 *
 * @param identity a text that is new at each start and part of this process's answer at `/health`; it is not secret
 */
export async function reachPublicAddress(
  base: string,
  identity: string,
  { transport, clock }: { readonly transport: Transport; readonly clock: Clock },
): Promise<Reach> {
  const signal = clock.timeoutSignal(PATIENCE_MS);
  try {
    const response = await transport.request(`${base}/health`, {
      headers: { accept: "application/json" },
      signal,
    });
    const { status } = response;
    const text = (await readAtMost(response, MOST_BYTES))?.toString() ?? "";
    if (status >= 300 && status < 400) return { kind: "redirected" };
    return saysIdentity(text, identity) ? { kind: "ours" } : { kind: "other", status };
  } catch (error) {
    const code = signal.aborted ? "ETIMEDOUT" : codeOf(error);
    return { kind: UNTRUSTED.test(code) ? "untrusted" : "unreachable", code };
  }
}

function saysIdentity(text: string, identity: string): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && "app" in said && said.app === identity;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return error instanceof TransportError && error.code !== "NO_ANSWER" ? error.code : "no answer";
}
