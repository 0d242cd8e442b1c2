import * as z from "zod";

import { talkPayload, type TalkPayload } from "../../calls/talk-payload.ts";
import { ExactNumber } from "../../domain/payload/exact-number.ts";
import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { mappingError, numberField } from "../../domain/payload/payload-fields.ts";
import { makeCallPayload, type MakeCallPayload } from "./make-call.ts";
import { sendMessagePayload, type SendMessagePayload } from "./send-message.ts";

/** Where an automation names no `timeout`, in seconds. */
const DEFAULT_TIMEOUT = 600;
const DEFAULT_TALK_TIMEOUT = 300;
/** A request is not remembered for longer, so that it cannot wait for longer either. */
const LONGEST_TIMEOUT = 7 * 86_400;
const LONGEST_ID = 200;

const ID = `must be a text of at most ${LONGEST_ID} characters`;
const TIMEOUT = `must be a number of seconds from 0 to ${LONGEST_TIMEOUT}`;

const timeoutSeconds = (otherwise: number) =>
  z
    .preprocess(
      absentIfEmpty,
      numberField(z.number(TIMEOUT).min(0, TIMEOUT).max(LONGEST_TIMEOUT, TIMEOUT), TIMEOUT).optional(),
    )
    .transform((seconds = otherwise) => Math.round(seconds * 1000));

const envelope = {
  request_id: z
    .preprocess(
      absentIfEmpty,
      z.union([z.string().max(LONGEST_ID, ID), z.number(), z.instanceof(ExactNumber)], ID).optional(),
    )
    .transform((id) => (id === undefined ? null : String(id))),
  timeout: timeoutSeconds(DEFAULT_TIMEOUT),
};

const request = z.discriminatedUnion(
  "command",
  [
    z.strictObject(
      { ...envelope, command: z.literal("send_message"), payload: sendMessagePayload },
      { error: mappingError },
    ),
    z.strictObject(
      { ...envelope, command: z.literal("make_call"), payload: makeCallPayload },
      { error: mappingError },
    ),
    z.strictObject(
      {
        ...envelope,
        timeout: timeoutSeconds(DEFAULT_TALK_TIMEOUT),
        command: z.literal("talk"),
        payload: talkPayload,
      },
      { error: mappingError },
    ),
  ],
  { error: "must be send_message, make_call or talk" },
);

interface Envelope {
  readonly requestId: string | null;
  readonly timeoutMs: number;
  /** As it came, for telling a repetition from another request with the same id. */
  readonly given: unknown;
}

/** What an automation's `twilio_request` event asks for. */
export type AutomationRequest =
  | (Envelope & { readonly command: "send_message"; readonly payload: SendMessagePayload })
  | (Envelope & { readonly command: "make_call"; readonly payload: MakeCallPayload })
  | TalkRequest;

export type TalkRequest = Envelope & { readonly command: "talk"; readonly payload: TalkPayload };

export type ParsedRequest =
  | { readonly ok: true; readonly request: AutomationRequest }
  | {
      readonly ok: false;
      readonly requestId: string | null;
      readonly command: string;
      /** Names each faulty field. */
      readonly message: string;
      /** The same without any word of the automation's, which may be a text that stands in the wrong place. */
      readonly logged: string;
    };

/** Reads the data of a `twilio_request` event, in which templates may have made ints and bools of texts. */
export function parseRequest(data: Readonly<Record<string, unknown>>): ParsedRequest {
  const parsed = request.safeParse(data);
  if (!parsed.success) {
    const { issues } = parsed.error;
    const message = faultyRequestMessage(faultsIn(issues, data));
    return {
      ok: false,
      ...requestNames(data),
      message,
      logged: faultyRequestMessage(faultsIn(issues.map(withoutNames), data)),
    };
  }
  const { request_id: id, timeout, ...rest } = parsed.data;
  const shared = { requestId: id, timeoutMs: timeout, given: data["payload"] };
  return { ok: true, request: { ...shared, ...rest } };
}

/** What can be told of a request whatever else it holds: its id, null for none, and its command. */
export function requestNames({ request_id: id, command }: Readonly<Record<string, unknown>>) {
  return {
    requestId: isId(id) ? String(id) : null,
    command: typeof command === "string" ? command.slice(0, LONGEST_ID) : "",
  };
}

/** Fields are the app's words but for those that it does not know, and for the template's variables. */
function withoutNames(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const variables = issue.path.indexOf("content_variables");
  const path = variables === -1 ? issue.path : issue.path.slice(0, variables + 1);
  const message =
    issue.code === "unrecognized_keys" ? "has a field that the app does not know" : issue.message;
  return { ...issue, path, message };
}

function isId(id: unknown): id is string | number | ExactNumber {
  return typeof id === "string" || typeof id === "number" || id instanceof ExactNumber;
}

/** What a template that found nothing leaves. */
function absentIfEmpty(value: unknown): unknown {
  return isOmitted(value) ? undefined : value;
}

/** Said of a request that nothing is sent for. */
export function faultyRequestMessage(faults: readonly string[]): string {
  return `The request is faulty, so nothing was sent. ${faults.join("; ")}`;
}

function faultsIn(issues: readonly z.core.$ZodIssue[], data: unknown): string[] {
  return issues.map(
    ({ path, message }) => `${fieldAt(path, data)}${path.length === 0 ? " " : ": "}${message}`,
  );
}

/** A field as the automation wrote it: one recipient need not stand in a list, although the app reads it as one. */
function fieldAt(path: readonly PropertyKey[], data: unknown): string {
  if (path.length === 0) return "twilio_request";
  let value = data;
  const names = path.filter((part) => {
    if (typeof part === "number" && !Array.isArray(value)) return false;
    value = (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[part];
    return true;
  });
  return names.join(".");
}

/** The id of a request that came without one. `uuid`: unguessable, made once. */
export function generatedRequestId(what: "notify" | "event", uuid: string): string {
  return `${what}_${uuid}`;
}

/** Nobody can ask again under such an id: every hearing of it is a request of its own. */
export function isGeneratedRequestId(requestId: string): boolean {
  return /^(notify|event)_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(requestId);
}
