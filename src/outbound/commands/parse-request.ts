import * as z from "zod";

import { talkPayload, type TalkPayload } from "../../calls/talk-payload.ts";
import { ExactNumber } from "../../domain/payload/exact-number.ts";
import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { mappingError, numberField } from "../../domain/payload/payload-fields.ts";
import { cutText } from "../../domain/text/cut-text.ts";
import { makeCallPayload, type MakeCallPayload } from "./make-call.ts";
import { sendMessagePayload, type SendMessagePayload } from "./send-message.ts";

/** The timeout of a request that has no `timeout`, in seconds. */
const DEFAULT_TIMEOUT = 600;
const DEFAULT_TALK_TIMEOUT = 300;
/**
 * The app remembers a `request_id` for this many seconds. A longer `timeout` is refused, because the app would no
 * longer recognize a repeated request.
 */
const MAX_TIMEOUT = 7 * 86_400;
const MAX_ID_LENGTH = 200;

const ID = `must be a text of at most ${MAX_ID_LENGTH} characters`;
/** The `request_id` of each call or text of an alarm begins with `alarm:`, so automations must not use such IDs. */
const RESERVED_ID = "must not begin with alarm:, which the app uses itself";
const TIMEOUT = `must be a number of seconds from 0 to ${MAX_TIMEOUT}`;

const timeoutSeconds = (defaultSeconds: number) =>
  z
    .preprocess(
      absentIfEmpty,
      numberField(z.number(TIMEOUT).min(0, TIMEOUT).max(MAX_TIMEOUT, TIMEOUT), TIMEOUT).optional(),
    )
    .transform((seconds = defaultSeconds) => Math.round(seconds * 1000));

const envelope = {
  request_id: z
    .preprocess(
      absentIfEmpty,
      z
        .union(
          [
            z
              .string()
              .max(MAX_ID_LENGTH, ID)
              .refine((id) => !id.startsWith("alarm:"), RESERVED_ID),
            z.number(),
            z.instanceof(ExactNumber),
          ],
          { error: ID },
        )
        .optional(),
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
  { error: "must be send_message, make_call, talk or alarm" },
);

interface Envelope {
  readonly requestId: string | null;
  readonly timeoutMs: number;
  /**
   * The payload as the automation sent it. By its hash, the app distinguishes a repeated request from another request
   * with the same ID.
   */
  readonly given: unknown;
}

/** The parsed data of a `twilio_request` event. */
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
      /** The error message for the automation. It names each faulty field. */
      readonly message: string;
      /**
       * The error message for the log. It quotes nothing that the automation wrote, because a private text may stand in
       * a wrong field.
       */
      readonly logged: string;
    };

/**
 * Reads the data of a `twilio_request` event. Home Assistant's templates may have turned texts into numbers or
 * booleans. If fields are faulty, `message` in the result names all of them.
 */
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

/** The ID (null if missing) and the command of a request. Both can be read even if other fields are faulty. */
export function requestNames({ request_id: id, command }: Readonly<Record<string, unknown>>) {
  return {
    requestId: isId(id) ? String(id) : null,
    command: typeof command === "string" ? cutText(command, MAX_ID_LENGTH) : "",
  };
}

/** Removes from a fault the names of unknown fields and of template variables, because the automation wrote them. */
function withoutNames(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const variables = issue.path.indexOf("content_variables");
  const path = variables === -1 ? issue.path : issue.path.slice(0, variables + 1);
  const message = issue.code === "unrecognized_keys" ? "has an unknown field" : issue.message;
  return { ...issue, path, message };
}

function isId(id: unknown): id is string | number | ExactNumber {
  return typeof id === "string" || typeof id === "number" || id instanceof ExactNumber;
}

/** Turns an empty value into a missing one. A template that gives nothing leaves an empty value. */
function absentIfEmpty(value: unknown): unknown {
  return isOmitted(value) ? undefined : value;
}

/** The error message for a request that is refused because of `faults`. */
export function faultyRequestMessage(faults: readonly string[]): string {
  return `The request is not valid, so nothing was sent. ${faults.join("; ")}`;
}

function faultsIn(issues: readonly z.core.$ZodIssue[], data: unknown): string[] {
  return issues.map(
    ({ path, message }) => `${fieldAt(path, data)}${path.length === 0 ? " " : ": "}${message}`,
  );
}

/** The path of a faulty field as the automation wrote it. A single recipient that is not in a list has no index. */
function fieldAt(path: readonly PropertyKey[], data: unknown): string {
  if (path.length === 0) return "twilio_request";
  let value = data;
  const names = path.filter((part) => {
    if (typeof part === "number" && !Array.isArray(value)) return false;
    value = (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[part];
    return true;
  });
  // The form of an action in Home Assistant has no field `payload`, so the path leaves this name out.
  return (names.length > 1 && names[0] === "payload" ? names.slice(1) : names).join(".");
}

/**
 * Returns an ID for a request that came without `request_id`. `uuid` must be new, and nobody may be able to guess it.
 */
export function generatedRequestId(what: "notify" | "event", uuid: string): string {
  return `${what}_${uuid}`;
}

/** Whether the app generated this ID. Automations do not know such an ID, so they cannot repeat its request. */
export function isGeneratedRequestId(requestId: string): boolean {
  return /^(notify|event)_[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(requestId);
}
