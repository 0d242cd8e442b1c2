import { callQuestion } from "../../calls/call-question.ts";
import type { CallSessions } from "../../calls/call-sessions.ts";
import type { InstructionWebhook, SessionInstruction } from "../../calls/instruction.ts";
import type { UnansweredCall } from "../../calls/ports.ts";
import type { SessionTerms } from "../../calls/step.ts";
import type { Clock } from "../../domain/clock.ts";
import type { WebhookKind } from "../../domain/events/webhook.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { callTwiml } from "../twiml/call-twiml.ts";
import { unhandledCallTwiml, fallbackTwiml } from "./fallback-twiml.ts";
import type { IncomingCallFallback } from "./fallback-twiml.ts";
import type { InboundSource } from "./inbound-source.ts";
import type { PublicAddress } from "./public-address.ts";
import { failedInstructionWebhook } from "./talk/failed-instruction-webhook.ts";
import type { SignedFields } from "./talk/instruction-webhook.ts";
import type { TalkAddresses } from "./talk/talk-addresses.ts";

/** How the source of a request is to be answered; see `InboundSource`. */
export type AnswerTerms = Pick<InboundSource, "base" | "answerBy">;

export interface TwimlAnswersOptions {
  readonly sessions: Pick<
    CallSessions,
    "answerArrival" | "answerWebhook" | "answerConnected" | "end" | "failActiveStep"
  >;
  readonly address: Pick<PublicAddress, "current">;
  readonly talkAddresses: Pick<TalkAddresses, "read" | "write">;
  readonly otherwise: UnansweredCall;
  /** Of what the app itself says, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The TwiML that Twilio's requests are answered with. */
export interface TwimlAnswers {
  /** For a webhook, once it is kept. */
  answer(kind: WebhookKind, request: SignedFields, terms: AnswerTerms): Promise<string>;
  /** For what comes next on a call. */
  answerQuestion(question: InstructionWebhook, terms: AnswerTerms): Promise<string>;
  /** For a call of ours that is answered; `reference`: its own. */
  answerConnected(reference: string, question: InstructionWebhook, terms: AnswerTerms): Promise<string>;
  /** For a sentence and the end of a call that cannot go on. */
  endCall(callSid: string, source: AnswerTerms, terms?: SessionTerms): Promise<string>;
}

/** Answers Twilio's requests with what the call's session instructs. */
export function createTwimlAnswers(options: TwimlAnswersOptions): TwimlAnswers {
  const { sessions, address, talkAddresses, language, clock, logger } = options;

  async function twimlOf(
    callSid: string,
    instruction: SessionInstruction,
    { base }: AnswerTerms,
  ): Promise<string> {
    if (instruction.kind === "fallback") return await unhandledCallTwiml(instruction.askedAs, fallback());
    try {
      return await callTwiml(instruction, addresses(base));
    } catch {
      // Not what the builder says: that quotes what was to be said.
      logger.error(
        "What was to be said on a call makes no document for Twilio, so that the call was ended.",
        "no document",
      );
      sessions.failActiveStep(callSid);
      return await farewell(base);
    }
  }

  function farewell(
    base: string | null,
    terms: Pick<SessionTerms, "language" | "voice"> = { language: language(), voice: null },
  ): Promise<string> {
    return callTwiml({ kind: "goodbye", terms }, addresses(base));
  }

  function addresses(base: string | null) {
    return { base: base ?? address.current() ?? "", talkAddress: talkAddresses.write };
  }

  function fallback(): IncomingCallFallback {
    const { otherwise } = options;
    return otherwise.kind === "say"
      ? { kind: "say", text: otherwise.text, language }
      : { kind: otherwise.kind };
  }

  return {
    async answer(kind, request, terms) {
      const { fields, signature } = request;
      const { base, answerBy } = terms;
      const { CallSid: callSid, From: from = null, To: to = null } = fields;
      const question = callQuestion(kind, fields);
      if (question === null || callSid === undefined) return await fallbackTwiml(kind, fallback());
      const isFallback = !["", "0"].includes(fields["ErrorCode"] ?? "");
      const instruction = await sessions.answerArrival(callSid, signature, {
        // A call rings once, however often Twilio says so.
        key: question === "ringing" && !isFallback ? "ring" : signature,
        question,
        isFallback,
        failedWebhook: failedInstructionWebhook(
          request,
          [base, address.current()].filter((one) => one !== null),
          talkAddresses,
          clock.now(),
          answerBy,
        ),
        answerBy,
        parties: { from, to },
      });
      return await twimlOf(callSid, instruction, terms);
    },
    answerQuestion: async (question, terms) =>
      await twimlOf(question.callSid, await sessions.answerWebhook(question), terms),
    answerConnected: async (reference, question, terms) =>
      await twimlOf(question.callSid, await sessions.answerConnected(reference, question), terms),
    async endCall(callSid, { base }, terms) {
      sessions.end(callSid);
      return await farewell(base, terms);
    },
  };
}
