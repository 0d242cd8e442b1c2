import type { LineQuestion } from "../domain/line-action.ts";
import type { Logger } from "../domain/logger.ts";
import type { LineTerms } from "../domain/talk-step.ts";
import { talkState } from "./talk-url.ts";
import type { RequestVerifier, WebhookContext } from "./verify-request.ts";

export interface TalkRouteOptions {
  readonly verifier: RequestVerifier;
  /** TwiML for what comes next on a call. */
  readonly answerQuestion: (question: LineQuestion) => Promise<string>;
  /** TwiML for a call of ours that is answered; `reference`: its own. */
  readonly answerConnected: (reference: string, question: LineQuestion) => Promise<string>;
  /** TwiML for a sentence and the end. */
  readonly sayFarewell: (terms: LineTerms) => Promise<string>;
  readonly now: () => number;
  readonly logger: Logger;
}

/** `/talk/<call>/<step>`: Twilio asks what comes next. `<call>` is `new` where it could not be known beforehand. */
export function createTalkRoute(options: TalkRouteOptions) {
  const { verifier, now, logger } = options;

  return async function talk(c: WebhookContext): Promise<Response> {
    const call = c.req.param("call") ?? "";
    const step = c.req.param("step") ?? "";
    const path = `/talk/${encodeURIComponent(call)}/${encodeURIComponent(step)}`;
    const request = await verifier.verify(c, path);
    if (!request.ok) return request.response;
    const { fields, query } = request;
    const { attempt, terms, silentSince, turn } = talkState(query.slice(1), now());
    const question = {
      callSid: call === "new" ? (fields["CallSid"] ?? "") : call,
      // `new`: the call has only been answered.
      stepId: step === "hold" || call === "new" ? null : step,
      attempt,
      terms,
      silentSince,
      turn,
      key: path + query,
      fields,
    };
    return c.body(await answered(call === "new" ? step : null, question), 200, {
      "Content-Type": "text/xml; charset=utf-8",
    });
  };

  /** Whatever goes wrong: whoever is on the telephone hears a sentence and not Twilio's "application error". */
  async function answered(reference: string | null, question: LineQuestion): Promise<string> {
    try {
      return reference === null
        ? await options.answerQuestion(question)
        : await options.answerConnected(reference, question);
    } catch (error) {
      logger.error(
        `A call could not be continued, so that it was ended with a sentence: ${error instanceof Error ? error.name : "unknown"}.`,
      );
      return await options.sayFarewell(question.terms);
    }
  }
}
