import type { Clock } from "../../../domain/clock.ts";
import type { Logger } from "../../../domain/log/logger.ts";
import type { InboundAnswer, InboundWebhook } from "../inbound-source.ts";
import type { AnswerTerms, TwimlAnswers } from "../twiml-answers.ts";
import type { RefuseWebhook } from "../verify/refuse-webhook.ts";
import type { VerifiedWebhook } from "../verify/verify-webhook.ts";
import { instructionWebhookOf } from "./instruction-webhook.ts";
import type { SignedFields } from "./instruction-webhook.ts";
import type { TalkAddresses } from "./talk-addresses.ts";
import type { TalkState } from "./talk-token.ts";

export interface AnswerTalkOptions {
  readonly talkAddresses: Pick<TalkAddresses, "read">;
  readonly answers: Pick<TwimlAnswers, "answerQuestion" | "answerConnected" | "endCall">;
  readonly refuse: RefuseWebhook;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type AnswerTalk = (
  webhook: InboundWebhook,
  verified: Pick<VerifiedWebhook, "fields">,
) => Promise<InboundAnswer>;

/**
 * Creates the answer to `/talk?s=…`, where Twilio asks for the next instruction of a call. It accepts only a URL that
 * the app made for this call.
 */
export function createTalkAnswer(options: AnswerTalkOptions): AnswerTalk {
  const { talkAddresses, answers, refuse, clock, logger } = options;

  /**
   * Writes the TwiML of the next instruction. After any error, the caller hears a goodbye in place of Twilio's
   * "application error".
   */
  async function answerTo(state: TalkState, request: SignedFields, source: AnswerTerms): Promise<string> {
    const question = instructionWebhookOf(state, request, clock.now(), source.answerBy);
    try {
      return state.call === "new"
        ? await answers.answerConnected(state.step, question, source)
        : await answers.answerQuestion(question, source);
    } catch (error) {
      logger.error(
        `A call could not continue because of an error in the app, so the app said goodbye and ended the call. If the log does not say why, report this error: ${error instanceof Error ? error.name : "unknown"}.`,
        "talk failed",
      );
      return await answers.endCall(question.callSid, source, question.terms);
    }
  }

  return async ({ path, query, isPathAsWritten, signature, source }, { fields }) => {
    const callSid = fields["CallSid"] ?? "";
    // The verification has already checked that a call SID of Twilio has Twilio's form.
    if (callSid === "") return refuse(source.origin, 400, "it has no CallSid");
    // The signature is also valid for a path that is escaped differently. The app accepts only its own spelling.
    const read = isPathAsWritten ? talkAddresses.read(path + query) : ({ kind: "foreign" } as const);
    switch (read.kind) {
      case "foreign":
        return refuse(source.origin, 400, "the app did not give this address to Twilio");
      case "lost":
        logger.warning(
          "A call began before the app's database was lost, so it cannot continue. The app says goodbye and ends the call.",
        );
        return { kind: "twiml", twiml: await answers.endCall(callSid, source) };
      case "ours":
        if (read.state.call !== "new" && read.state.call !== callSid)
          return refuse(source.origin, 400, "its address belongs to another call");
        return { kind: "twiml", twiml: await answerTo(read.state, { fields, signature }, source) };
    }
  };
}
