import * as z from "zod";

import { pythonText } from "./python-text.ts";

/** Where an automation names no `timeout`, in seconds. */
const DEFAULT_TIMEOUT = 600;
/** A request is not remembered for longer, so that it cannot wait for longer either. */
const LONGEST_TIMEOUT = 7 * 86_400;

/** Home Assistant takes no event of more than 4 MiB, and the result names everybody twice. */
const LONGEST_NAME = 200;
const MOST_RECIPIENTS = 1000;

const number = z.union([z.string().max(LONGEST_NAME), z.number()]);
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .refine((value) => String(value).trim() !== "", "is empty");

const sendMessage = z.strictObject({
  to: z.union([number, z.array(number).min(1, "names nobody").max(MOST_RECIPIENTS)]),
  message: text,
});

const request = z.strictObject({
  request_id: z.union([z.string().min(1).max(LONGEST_NAME), z.number()]).optional(),
  command: z.literal("send_message"),
  timeout: z.coerce.number().min(0).max(LONGEST_TIMEOUT).default(DEFAULT_TIMEOUT),
  payload: sendMessage,
});

/** What an automation's `twilio_request` event asks for. */
export interface TwilioRequest {
  readonly requestId: string | null;
  readonly command: "send_message";
  readonly timeoutMs: number;
  readonly to: readonly (string | number)[];
  readonly message: string;
  /** As it came, for telling a repetition from another request with the same id. */
  readonly payload: unknown;
}

export type ParsedRequest =
  | { readonly ok: true; readonly request: TwilioRequest }
  | {
      readonly ok: false;
      readonly requestId: string | null;
      readonly command: string;
      /** Names each faulty field. */
      readonly message: string;
    };

/** Reads the data of a `twilio_request` event, in which templates may have made ints and bools of texts. */
export function parseTwilioRequest(data: Readonly<Record<string, unknown>>): ParsedRequest {
  const parsed = request.safeParse(data);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join(".")}: ${message}`,
    );
    const { request_id: id, command } = data;
    return {
      ok: false,
      requestId: typeof id === "string" || typeof id === "number" ? String(id).slice(0, LONGEST_NAME) : null,
      command: typeof command === "string" ? command.slice(0, LONGEST_NAME) : "",
      message: `The request is faulty, so nothing was sent. ${faults.join("; ")}`,
    };
  }
  const { request_id: id, command, timeout, payload } = parsed.data;
  return {
    ok: true,
    request: {
      requestId: id === undefined ? null : String(id),
      command,
      timeoutMs: Math.round(timeout * 1000),
      to: Array.isArray(payload.to) ? payload.to : [payload.to],
      message: pythonText(payload.message),
      payload: data["payload"],
    },
  };
}
