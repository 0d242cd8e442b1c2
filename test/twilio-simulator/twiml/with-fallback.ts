import type { TwimlSource } from "../phone/create-call.ts";
import type { TelephoneLine } from "../phone/telephone-line.ts";
import type { MadeRequest } from "../webhooks/request-webhook.ts";
import { TwimlError } from "./parse-twiml.ts";

export interface WithFallbackOptions<Result> {
  readonly follow: (source: TwimlSource, parameters: Readonly<Record<string, string>>) => Promise<Result>;
  readonly fallback: TelephoneLine["fallback"];
  readonly lastRequest: () => MadeRequest | undefined;
  readonly note: (code: number, message: string) => void;
  /** Aborts when the call continues elsewhere. */
  readonly signal: AbortSignal;
}

/** Executes documents. After an error, it continues with the fallback URL, unless that has failed, too. */
export async function withFallback<Result>(
  options: WithFallbackOptions<Result>,
  source: TwimlSource,
  parameters: Readonly<Record<string, string>>,
): Promise<Result> {
  try {
    return await options.follow(source, parameters);
  } catch (error) {
    const { url = "", parameters: asked = {} } = options.lastRequest() ?? {};
    const isAtFallback = asked["ErrorCode"] !== undefined;
    const { fallback } = options;
    if (!(error instanceof TwimlError) || fallback === null || isAtFallback || options.signal.aborted)
      throw error;
    options.note(error.code, error.message);
    const errorParameters = { ErrorCode: String(error.code), ErrorUrl: url };
    return await withFallback(options, { method: "POST", ...fallback }, errorParameters);
  }
}
