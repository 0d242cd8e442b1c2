import type { Clock } from "../../../domain/clock.ts";
import type { Logger } from "../../../domain/log/logger.ts";
import type { TwimlAnswers } from "../twiml-answers.ts";
import type { WebhookContext } from "../verify/read-request.ts";
import type { RequestVerifier, VerifiedRequest, WebhookAccount } from "../verify/verify-request.ts";
import { instructionWebhookOf } from "./instruction-webhook.ts";
import type { TalkAddresses } from "./talk-addresses.ts";
import type { TalkState } from "./talk-token.ts";

export interface TalkRouteOptions {
  readonly verifier: RequestVerifier;
  readonly talkAddresses: Pick<TalkAddresses, "read" | "acceptsOld">;
  /** A compatible provider's SIDs of calls have other forms. */
  readonly account: Pick<WebhookAccount, "isProvider">;
  readonly answers: Pick<TwimlAnswers, "answerQuestion" | "answerConnected" | "endCall">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** `/talk?s=…`: Twilio asks what comes next. Only an address that the app wrote for this call is answered. */
export function createTalkRoute(options: TalkRouteOptions) {
  const { verifier, talkAddresses, answers, clock, logger } = options;

  async function answer(c: WebhookContext, path: string): Promise<Response> {
    const request = await verifier.verify(c, path);
    if (!request.ok) return request.response;
    const { fields, query } = request;
    const target = path + query;
    const callSid = fields["CallSid"] ?? "";
    if (!isCallSid(callSid)) return verifier.refuse(c, 400, "its CallSid is not the SID of a call");
    // One spelling: a path that is escaped differently is verified as well.
    const isAsWritten = c.env.incoming.url?.endsWith(target) === true;
    const read = isAsWritten ? talkAddresses.read(target) : ({ kind: "foreign" } as const);
    switch (read.kind) {
      case "foreign":
        return verifier.refuse(c, 400, "the app did not give this address to Twilio");
      case "lost":
        logger.warning(
          "A call that began before the journal was lost cannot continue, so the app says so to the caller and ends it.",
        );
        return twiml(c, await answers.endCall(callSid));
      case "ours":
        if (read.state.call !== "new" && read.state.call !== callSid)
          return verifier.refuse(c, 400, "its address belongs to another call");
        return twiml(c, await answerTo(read.state, request));
    }
  }

  function isCallSid(text: string): boolean {
    return options.account.isProvider ? text !== "" : /^CA[0-9a-f]{32}$/.test(text);
  }

  /** Whatever goes wrong: whoever is on the telephone hears a sentence and not Twilio's "application error". */
  async function answerTo(state: TalkState, request: VerifiedRequest): Promise<string> {
    const question = instructionWebhookOf(state, request, clock.now());
    try {
      return state.call === "new"
        ? await answers.answerConnected(state.step, question)
        : await answers.answerQuestion(question);
    } catch (error) {
      logger.error(
        `A call could not be continued, so that it was ended with a sentence: ${error instanceof Error ? error.name : "unknown"}.`,
        "talk failed",
      );
      return await answers.endCall(question.callSid, question.terms);
    }
  }

  return {
    talk: (c: WebhookContext): Promise<Response> => answer(c, "/talk"),
    /** `/talk/<call>/<step>`, as earlier versions wrote it: until calls that one of them began are over. */
    oldTalk(c: WebhookContext): Promise<Response> | Response {
      if (!talkAddresses.acceptsOld()) return c.notFound();
      const [call = "", step = ""] = [c.req.param("call"), c.req.param("step")];
      return answer(c, `/talk/${encodeURIComponent(call)}/${encodeURIComponent(step)}`);
    },
  };
}

function twiml(c: WebhookContext, document: string): Response {
  return c.body(document, 200, { "Content-Type": "text/xml; charset=utf-8" });
}
