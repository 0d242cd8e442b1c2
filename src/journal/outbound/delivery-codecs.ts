import * as z from "zod";

import type { ScriptedCall } from "../../calls/script.ts";
import { CALL_WAITS, MESSAGE_WAITS } from "../../domain/events/delivery-status.ts";
import type { Delivery } from "../../outbound/delivery/command.ts";
import type {
  AcceptedDelivery,
  CallInstructions,
  MessageOrCall,
} from "../../outbound/delivery/message-or-call.ts";
import type { RecipientResult } from "../../outbound/delivery/result.ts";
import { firstStep, reportedError, STEP_RESULT_FIELDS } from "../calls/step-codecs.ts";
import { contentForm } from "../content-form.ts";
import type { FieldKinds } from "../content-form.ts";
import { jsonCodec } from "../json-codec.ts";
import type { FieldsOf } from "../json-codec.ts";

type RequestOf<Name extends MessageOrCall["command"]> = Extract<MessageOrCall, { readonly command: Name }>;
type SayInstructions = Extract<CallInstructions, { readonly say: string }>;
type PlayInstructions = Extract<CallInstructions, { readonly play: string }>;
type ConnectInstructions = Extract<CallInstructions, { readonly connect: string }>;
type Template = NonNullable<RequestOf<"send_message">["content"]>;

const scriptedCall = z.object({
  script: z.string(),
  say: z.string(),
  language: z.string(),
  voice: z.nullable(z.string()),
  repeat: z.number(),
  keys: z.nullable(z.object({ digits: z.number(), seconds: z.number(), afterwards: z.string() })),
  state: z.string(),
  withoutAddress: z.string(),
} satisfies FieldsOf<ScriptedCall>);

const callInstructions = z.union([
  z.object({ twimlUrl: z.string() }),
  z.object({ twiml: z.string() }),
  z.object({
    say: z.string(),
    language: z.string(),
    voice: z.exactOptional(z.string()),
    repeat: z.exactOptional(z.number()),
  } satisfies FieldsOf<SayInstructions>),
  z.object({ play: z.string(), repeat: z.exactOptional(z.number()) } satisfies FieldsOf<PlayInstructions>),
  z.object({ connect: z.string() } satisfies FieldsOf<ConnectInstructions>),
  z.object({ scripted: scriptedCall }),
  // oxlint-disable-next-line house/plain-words -- stored JSON contains the name `opening`
  z.object({ opening: firstStep }),
]);

const messageOrCall = z.discriminatedUnion("command", [
  z.object({
    command: z.literal("send_message"),
    to: z.string(),
    from: z.nullable(z.string()),
    body: z.string(),
    mediaUrls: z.array(z.string()),
    content: z.exactOptional(
      z.object({ sid: z.string(), variables: z.nullable(z.string()) } satisfies FieldsOf<Template>),
    ),
    sendAt: z.exactOptional(z.string()),
    validFor: z.exactOptional(z.number()),
  } satisfies FieldsOf<RequestOf<"send_message">>),
  z.object({
    command: z.literal("make_call"),
    to: z.string(),
    from: z.nullable(z.string()),
    instructions: callInstructions,
    sendDigits: z.exactOptional(z.string()),
    ringSeconds: z.exactOptional(z.number()),
    detectMachine: z.exactOptional(z.boolean()),
    record: z.exactOptional(z.boolean()),
  } satisfies FieldsOf<RequestOf<"make_call">>),
]);

const REQUEST_KINDS: FieldKinds<MessageOrCall> = {
  command: "permanent",
  to: "permanent",
  from: "permanent",
  body: "content",
  mediaUrls: "content",
  content: "content",
  sendAt: "permanent",
  validFor: "permanent",
  instructions: "content",
  // The keys can be a password, such as the one of a voicemail box.
  sendDigits: "content",
  ringSeconds: "permanent",
  detectMachine: "permanent",
  record: "permanent",
};

/**
 * Returns null if pruning has removed the content of the request. Such a request has neither a text nor instructions.
 */
function withoutPruned(request: unknown): unknown {
  if (typeof request !== "object" || request === null || !("command" in request)) return request;
  return "body" in request || "instructions" in request ? request : null;
}

const recipientResult = z.object({
  to: z.string(),
  sid: z.nullable(z.string()),
  status: z.nullable(z.string()),
  segments: z.nullable(z.number()),
  answered_by: z.nullable(z.string()),
  duration: z.nullable(z.number()),
  error: z.nullable(reportedError),
  input: z.exactOptional(STEP_RESULT_FIELDS.input),
  speech: z.exactOptional(STEP_RESULT_FIELDS.speech),
  confidence: z.exactOptional(STEP_RESULT_FIELDS.confidence),
  ended: z.exactOptional(STEP_RESULT_FIELDS.ended),
  recording: z.exactOptional(STEP_RESULT_FIELDS.recording),
  forward: z.exactOptional(STEP_RESULT_FIELDS.forward),
} satisfies FieldsOf<RecipientResult>);

export const RESULT_KINDS: FieldKinds<RecipientResult> = {
  to: "permanent",
  sid: "permanent",
  status: "permanent",
  segments: "permanent",
  answered_by: "permanent",
  duration: "permanent",
  error: "permanent",
  input: "content",
  speech: "content",
  confidence: "content",
  ended: "permanent",
  recording: "content",
  forward: "content",
};

const acceptedDelivery = z.object({
  kind: z.literal("accepted"),
  sid: z.string(),
  status: z.string(),
  segments: z.nullable(z.number()),
} satisfies FieldsOf<AcceptedDelivery>);

/** Reads and writes the column `sends.request`. The value is null if pruning has removed the content. */
export const messageOrCallCodec = jsonCodec<MessageOrCall | null>(
  "sends.request",
  z.preprocess(withoutPruned, z.nullable(messageOrCall)),
  { form: contentForm(REQUEST_KINDS) },
);
/**
 * The SQL for the text of the column `request`; `HAS_CONTENT` tells whether its content is present. Both also read the
 * form of schema version 6.
 */
export const SENT_TEXT = `coalesce(request ->> '$.content.body', request ->> '$.content.instructions.say',
  request ->> '$.content.instructions.scripted.say', request ->> '$.body', request ->> '$.instructions.say')`;
export const HAS_CONTENT = `(json_type(request, '$.content') IS NOT NULL OR request ->> '$.body' IS NOT NULL
  OR request ->> '$.instructions' IS NOT NULL)`;
/** Reads and writes the column `sends.result`. */
export const recipientResultCodec = jsonCodec<RecipientResult>("sends.result", recipientResult, {
  form: contentForm(RESULT_KINDS),
});
/** Reads and writes the column `sends.accepted`. */
export const acceptedDeliveryCodec = jsonCodec<AcceptedDelivery>("sends.accepted", acceptedDelivery);

/** Reads the column `sends.kind`. Also reads `commands.command` of commands with recipients. */
export const deliveryCommand = z.enum(["send_message", "make_call"] satisfies MessageOrCall["command"][]);
/** Reads the column `commands.wait_for`. */
export const waitFor = z.enum([...MESSAGE_WAITS, ...CALL_WAITS]);
/** Reads the column `sends.state`. */
export const deliveryState = z.enum({ waiting: "waiting", posting: "posting", done: "done" } satisfies {
  readonly [State in Delivery["state"]]: State;
});
