import type { Context } from "hono";

import { loadTwilioOpenApi } from "../api/twilio-open-api.ts";
import type { CloudFault, CloudRequest, PlannedFault } from "./cloud-options.ts";

interface JudgedDocument {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface GatekeeperOptions {
  /** The part of the path before `/v1`, such as `/sync`. */
  readonly prefix: string;
  readonly api: CloudRequest["api"];
  /** Twilio's OpenAPI document and the paths to check, or null if Twilio publishes none. */
  readonly document: JudgedDocument | null;
  readonly authorization: string;
  readonly faults: readonly PlannedFault[];
  readonly onRequest: (request: CloudRequest) => void;
  readonly onViolation: (problem: string) => void;
  /** Whether the credentials may use this API at all. */
  readonly isAllowed: () => boolean;
}

export interface CloudAnswer {
  readonly status: number;
  readonly body: object | null;
}

/** The action of an API's route. It gets the path below the prefix and the form, and returns the answer. */
export type CloudAction = (request: CloudRequest) => CloudAnswer | Promise<CloudAnswer>;

/** Checks each request before its route: the credentials, planned faults, and Twilio's OpenAPI document. */
export function createGatekeeper(options: GatekeeperOptions) {
  const { prefix, api, document, authorization, faults, onRequest, onViolation } = options;

  return async function serve(c: Context, act: CloudAction): Promise<Response> {
    const { method } = c.req;
    const path = c.req.path.slice(prefix.length);
    const isForm = method === "POST" && api !== "upload";
    const form = isForm ? formOf(await c.req.text()) : {};
    const request = { api, method, path, form };
    onRequest(request);
    if (c.req.header("authorization") !== authorization) return refuse(401, 20003, "Authenticate");
    if (!options.isAllowed()) return refuse(403, 70051, "Authorization failed, lack of permission");
    const fault = takeFault(request);
    switch (fault?.kind) {
      case "refuse":
        return refuse(fault.status, fault.code, fault.message);
      case "fail":
        return c.text("Internal error", 500);
      case "too_many":
        return c.json(
          { code: 20429, message: "Too Many Requests", status: 429 },
          429,
          fault.retryAfter === undefined ? {} : { "Retry-After": fault.retryAfter },
        );
      case "fail_after_acting":
        await act(request);
        return c.text("Internal error", 500);
      case undefined:
        return await answerJudged(c, request, isForm, act);
    }
  };

  async function answerJudged(c: Context, request: CloudRequest, isForm: boolean, act: CloudAction) {
    const asked = {
      method: request.method.toLowerCase(),
      path: request.path,
      query: c.req.query(),
      form: isForm ? request.form : null,
    };
    const judge = document === null ? null : await judgeOf(document);
    for (const problem of judge?.problemsOfRequest(asked) ?? [])
      onViolation(`${api} ${request.method} ${request.path}: ${problem}`);
    const { status, body } = await act(request);
    const isJudged = status < 300 && body !== null;
    for (const problem of isJudged ? (judge?.problemsOfAnswer(asked, status, body) ?? []) : [])
      onViolation(`own answer to ${api} ${request.method} ${request.path}: ${problem}`);
    if (body === null) return c.body(null, 204);
    return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
  }

  function takeFault(request: CloudRequest): CloudFault | null {
    const planned = faults.find(({ times, matches }) => times > 0 && matches(request));
    if (planned === undefined) return null;
    planned.times -= 1;
    return planned.fault;
  }
}

const judges = new Map<string, ReturnType<typeof loadTwilioOpenApi>>();

/** Documents are compiled once for all simulators of a process, because that takes a second. */
function judgeOf({ name, paths }: JudgedDocument): ReturnType<typeof loadTwilioOpenApi> {
  const judge = judges.get(name) ?? loadTwilioOpenApi(name, paths);
  judges.set(name, judge);
  return judge;
}

/** A refusal in Twilio's words. */
export function refusal(status: number, code: number, message: string): CloudAnswer {
  return {
    status,
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  };
}

function refuse(status: number, code: number, message: string): Response {
  return new Response(JSON.stringify(refusal(status, code, message).body), {
    status,
    headers: { "Content-Type": "application/json" },
  });
}

function formOf(text: string): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const known = form[name];
    form[name] = known === undefined ? value : [known, value].flat();
  }
  return form;
}
