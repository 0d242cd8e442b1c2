import type { Clock } from "../domain/clock.ts";
import { deliveryStatusOf } from "../domain/events/delivery-status.ts";
import type { CallSessions } from "./call-sessions.ts";
import type { InstructionWebhook, SessionInstruction } from "./instruction.ts";
import type { CallScript, CallStatuses, IncomingCallTaker } from "./ports.ts";
import { readScriptStepId, scriptStepId } from "./script.ts";

export interface ScriptedCallsOptions {
  readonly scripts: readonly CallScript[];
  /** The features that may answer incoming calls. They are asked in this order until one answers. */
  readonly takers: readonly IncomingCallTaker[];
  readonly statuses: Pick<CallStatuses, "save">;
  readonly clock: Clock;
}

type Answers = Pick<CallSessions, "answerArrival" | "answerConnected" | "answerWebhook">;

/**
 * Lets features of the app (such as alarms) answer the webhooks of their calls. `sessions` answers the webhooks of all
 * other calls.
 */
export function withScripts(sessions: Answers, options: ScriptedCallsOptions): Answers {
  const { scripts, takers, statuses, clock } = options;

  async function answer(stepId: string, question: InstructionWebhook): Promise<SessionInstruction | null> {
    const read = readScriptStepId(stepId);
    if (read === null) return null;
    const { callSid, fields, terms, turn } = question;
    const script = scripts.find(({ name }) => name === read.script);
    const { reference, state } = read;
    const step = await script?.answer({ callSid, reference, state, digits: fields["Digits"] ?? "", fields });
    if (step === undefined || step === null) return { kind: "goodbye", terms };
    const nextId = scriptStepId(read.script, reference, step.state);
    return { kind: "scripted", callSid, stepId: nextId, step, turn: turn + 1 };
  }

  return {
    async answerArrival(callSid, signature, arrival) {
      const { from } = arrival.parties;
      if (arrival.question === "ringing" && !arrival.isFallback && from !== null) {
        for (const taker of takers) {
          const taken = await taker.take({ callSid, from });
          if (taken === null) continue;
          const { script, reference, step } = taken;
          return {
            kind: "scripted",
            callSid,
            stepId: scriptStepId(script, reference, step.state),
            step,
            turn: 1,
          };
        }
      }
      return await sessions.answerArrival(callSid, signature, arrival);
    },
    async answerConnected(reference, question) {
      if (readScriptStepId(reference) !== null) {
        const { CallStatus: status = "in-progress" } = question.fields;
        const connected = deliveryStatusOf({ status });
        void statuses.save(question.callSid, connected, clock.now()).catch(() => undefined);
      }
      return (await answer(reference, question)) ?? (await sessions.answerConnected(reference, question));
    },
    answerWebhook: async (question) =>
      (await answer(question.stepId ?? "", question)) ?? (await sessions.answerWebhook(question)),
  };
}
