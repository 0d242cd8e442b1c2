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

/** The data of a source that an answer depends on, see `InboundSource`. */
export type AnswerTerms = Pick<InboundSource, "base" | "answerBy">;

export interface TwimlAnswersOptions {
  readonly sessions: Pick<
    CallSessions,
    "answerArrival" | "answerWebhook" | "answerConnected" | "end" | "failActiveStep"
  >;
  readonly address: Pick<PublicAddress, "current" | "bases">;
  readonly talkAddresses: Pick<TalkAddresses, "read" | "write">;
  readonly otherwise: UnansweredCall;
  /** Returns the language of the app's own sentences, in Twilio's form (`de-DE`). */
  readonly language: () => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Writes the TwiML with which the app answers webhooks. */
export interface TwimlAnswers {
  /** Answers a webhook that has been stored. */
  answer(kind: WebhookKind, request: SignedFields, terms: AnswerTerms): Promise<string>;
  /** Answers a webhook that asks for the next instruction of a call that automations control. */
  answerQuestion(question: InstructionWebhook, terms: AnswerTerms): Promise<string>;
  /**
   * Answers the first webhook of an answered outgoing call, with the call's first step. `reference` is the secret ID of
   * the call's delivery.
   */
  answerConnected(reference: string, question: InstructionWebhook, terms: AnswerTerms): Promise<string>;
  /** Says a goodbye and ends a call that cannot continue. */
  endCall(callSid: string, source: AnswerTerms, terms?: SessionTerms): Promise<string>;
}

/**
 * Creates the answers to webhooks: the next instruction of a call, or what the options define if no automation answers.
 */
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
      // The TwiML builder's error is not logged, because it quotes the text.
      logger.error(
        "The app could not write a step of a call in Twilio's format (TwiML), so it said goodbye and ended the call. Check the text and the voice in the automation.",
        "no document",
      );
      sessions.failActiveStep(callSid);
      return await goodbye(base);
    }
  }

  function goodbye(
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
        // Repeated webhooks about a ringing call get the same key, so that they count as one.
        key: question === "ringing" && !isFallback ? "ring" : signature,
        question,
        isFallback,
        failedWebhook: failedInstructionWebhook(
          request,
          [base, ...address.bases()].filter((one) => one !== null),
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
      return await goodbye(base, terms);
    },
  };
}
