import { Hono } from "hono";
import type { Context } from "hono";

import { refuseCall, refuseMessage } from "./refusals.ts";
import type { Form, Refusal } from "./refusals.ts";
import { callResource, messageResource } from "./resources.ts";
import type { CallResource, MessageResource } from "./resources.ts";
import type { TwilioOpenApi } from "./twilio-open-api.ts";

/** What goes wrong with the next request. `reset-*` cut the connection, after or before it took effect. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly body?: string }
  | { readonly kind: "error"; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: "reset-before-acting" }
  | { readonly kind: "reset-after-acting" };

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly form: Form;
}

export interface RestAppOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly numbers: readonly string[];
  readonly openApi: TwilioOpenApi;
  readonly takeFault: () => Fault | undefined;
  readonly onRequest: (request: RecordedRequest) => void;
  readonly onViolation: (problem: string) => void;
  readonly messages: MessageResource[];
  readonly calls: CallResource[];
  readonly onMessage: (message: MessageResource) => void;
  readonly onCall: (call: CallResource, form: Form) => void;
}

type Env = { Bindings: { incoming: { socket: { destroy(): void } } } };

/** Twilio's REST API for messages and calls. */
export function createRestApp(options: RestAppOptions): Hono<Env> {
  const { accountSid, authToken, numbers, messages, calls } = options;
  const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    if (c.req.header("authorization") !== expected)
      return refused(c, { status: 401, code: 20003, message: "Authenticate" });
    return await next();
  });
  app.get("/Messages.json", (c) => list(c, "messages", messages));
  app.get("/Calls.json", (c) => list(c, "calls", calls));
  app.get("/Messages/:file", (c) => single(c, messages));
  app.get("/Calls/:file", (c) => single(c, calls));
  app.post("/Messages.json", (c) =>
    create(c, (form) => {
      const refusal = refuseMessage(form, numbers);
      if (refusal !== null) return refusal;
      const message = messageResource(accountSid, form, "outbound-api", "queued");
      messages.push(message);
      options.onMessage(message);
      return message;
    }),
  );
  app.post("/Calls.json", (c) =>
    create(c, (form) => {
      const refusal = refuseCall(form, numbers);
      if (refusal !== null) return refusal;
      const call = callResource(accountSid, form, "outbound-api", "queued");
      calls.push(call);
      options.onCall(call, form);
      return call;
    }),
  );
  app.notFound((c) =>
    refused(c, { status: 404, code: 20404, message: `The requested resource ${c.req.path} was not found` }),
  );
  return app;

  async function create(
    c: Context<Env>,
    act: (form: Form) => Refusal | MessageResource | CallResource,
  ): Promise<Response> {
    const form = formOf(await c.req.text());
    options.onRequest({ method: "POST", path: c.req.path, form });
    const fault = options.takeFault();
    if (fault?.kind === "reset-before-acting") return cut(c);
    if (fault?.kind === "status")
      return c.body(fault.body ?? "<html>Bad gateway</html>", fault.status as 500);
    if (fault?.kind === "error") return refused(c, fault);
    const request = { method: "POST", path: c.req.path, query: {}, form };
    const problems = options.openApi.problemsOfRequest(request);
    for (const problem of problems) options.onViolation(problem);
    const answer = act(form);
    if ("code" in answer && "message" in answer) return refused(c, answer as Refusal);
    if (fault?.kind === "reset-after-acting") return cut(c);
    for (const problem of options.openApi.problemsOfAnswer(request, 201, answer))
      options.onViolation(`own answer: ${problem}`);
    return c.json(answer, 201);
  }

  function list(
    c: Context,
    name: string,
    all: readonly { readonly to: string; readonly from: string | null }[],
  ): Response {
    const { To: to, From: from } = c.req.query();
    const found = all
      .filter((one) => (to ?? one.to) === one.to && (from ?? one.from) === one.from)
      .toReversed();
    const uri = c.req.path;
    const page = {
      page: 0,
      page_size: 50,
      start: 0,
      end: found.length,
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
    };
    return c.json({ ...page, [name]: found });
  }

  function single(c: Context, all: readonly { readonly sid: string }[]): Response {
    const sid = c.req.param("file")?.replace(/\.json$/, "");
    const found = all.find((one) => one.sid === sid);
    if (found !== undefined) return c.json(found);
    return refused(c, {
      status: 404,
      code: 20404,
      message: `The requested resource ${c.req.path} was not found`,
    });
  }
}

function formOf(text: string): Form {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const known = form[name];
    form[name] = known === undefined ? value : [known, value].flat();
  }
  return form;
}

function refused(c: Context, { status, code, message }: Refusal): Response {
  return c.json(
    { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    status as 400,
  );
}

function cut(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return c.body(null);
}
