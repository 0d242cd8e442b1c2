import * as z from "zod";

import type { EndedBy, GatheredInput, StepResult, TalkForward } from "../../calls/step-result.ts";
import type { FirstStep, SessionTerms, Speech, TalkInput, TalkStep } from "../../calls/step.ts";
import type { TalkRecording } from "../../domain/events/recording.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";

type SpeechOf<Kind extends Speech["kind"]> = Extract<Speech, { readonly kind: Kind }>;
type InputOf<Kind extends TalkInput["kind"]> = Extract<TalkInput, { readonly kind: Kind }>;

const speech = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("say"), text: z.string() } satisfies FieldsOf<SpeechOf<"say">>),
  z.object({ kind: z.literal("play"), url: z.string() } satisfies FieldsOf<SpeechOf<"play">>),
  z.object({ kind: z.literal("silent") } satisfies FieldsOf<SpeechOf<"silent">>),
]);

const input = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("gather"),
    what: z.enum(["digits", "speech", "either"]),
    digits: z.nullable(z.number()),
    finishOnKey: z.string(),
    hints: z.array(z.string()),
    answerSeconds: z.number(),
  } satisfies FieldsOf<InputOf<"gather">>),
  z.object({
    kind: z.literal("record"),
    mostSeconds: z.number(),
    answerSeconds: z.number(),
    finishOnKey: z.string(),
  } satisfies FieldsOf<InputOf<"record">>),
  z.object({
    kind: z.literal("forward"),
    to: z.string(),
    ringSeconds: z.number(),
  } satisfies FieldsOf<InputOf<"forward">>),
]);

const talkStep = z.object({
  speech,
  input: z.nullable(input),
  repeat: z.number(),
  afterwards: z.enum(["wait", "hang_up", "reject"]),
} satisfies FieldsOf<TalkStep>);

const sessionTerms = z.object({
  holdSeconds: z.number(),
  silenceSeconds: z.number(),
  language: z.string(),
  voice: z.nullable(z.string()),
} satisfies FieldsOf<SessionTerms>);

export const firstStep = z.object({ step: talkStep, terms: sessionTerms } satisfies FieldsOf<FirstStep>);

export const reportedError = z.object({
  code: z.string(),
  message: z.string(),
  more_info: z.nullable(z.string()),
} satisfies FieldsOf<ReportedError>);

const recording = z.object({
  sid: z.nullable(z.string()),
  url: z.string(),
  duration: z.nullable(z.number()),
} satisfies FieldsOf<TalkRecording>);

const forward = z.object({
  status: z.string(),
  duration: z.nullable(z.number()),
  sid: z.nullable(z.string()),
} satisfies FieldsOf<TalkForward>);

/** Reads the column `ended_calls.ended_by`. Also checks the field `ended` in the result of a step. */
export const endedBy = z.enum({
  caller: "caller",
  app: "app",
  error: "error",
  not_reached: "not_reached",
} satisfies {
  readonly [By in EndedBy]: By;
});

export const STEP_RESULT_FIELDS = {
  input: z.string(),
  speech: z.nullable(z.string()),
  confidence: z.nullable(z.number()),
  ended: z.nullable(endedBy),
  recording: z.nullable(recording),
  forward: z.nullable(forward),
} satisfies FieldsOf<StepResult>;

const gatheredInput = z.object({
  answer: z.object(STEP_RESULT_FIELDS),
  error: z.nullable(reportedError),
} satisfies FieldsOf<GatheredInput>);

/** Reads and writes the column `talk_steps.step`. */
export const talkStepCodec = jsonCodec<TalkStep>("talk_steps.step", talkStep);
/** Reads and writes the column `talk_steps.terms`. */
export const sessionTermsCodec = jsonCodec<SessionTerms>("talk_steps.terms", sessionTerms);
/** Reads and writes the column `sends.entry`. */
export const gatheredInputCodec = jsonCodec<GatheredInput>("sends.entry", gatheredInput);
