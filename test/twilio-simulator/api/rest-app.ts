import { setTimeout as sleep } from "node:timers/promises";

import { Hono } from "hono";
import type { Context } from "hono";

import type { RecordingResource } from "../phone/recordings.ts";
import { listPage } from "./list-page.ts";
import { refuseCall, refuseMessage } from "./refusals.ts";
import type { Form, Refusal } from "./refusals.ts";
import { callResource, mediaOf, messageResource, twilioDate, withoutFiles } from "./resources.ts";
import type { CallResource, MessageResource, NumberResource } from "./resources.ts";
import type { TwilioOpenApi } from "./twilio-open-api.ts";

/**
 * A fault of a request. `reset-*` cuts the connection, before or after the request takes effect. `hang` takes effect and
 * is never answered. `delay` answers late.
 */
export type Fault =
  | { readonly kind: "delay"; readonly ms: number }
  /** The answer waits for this promise. */
  | { readonly kind: "held"; readonly until: Promise<unknown> }
  | { readonly kind: "hang" }
  | { readonly kind: "status-after-acting"; readonly status: number }
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
  /** The only accepted credentials: the account's SID and auth token, or an API key. */
  readonly username: string;
  readonly password: string;
  readonly numbers: readonly string[];
  readonly openApi: TwilioOpenApi;
  /** Whether texts get the prefix of a trial account. */
  readonly isTrial: boolean;
  readonly takeFault: (request: { readonly method: string; readonly path: string }) => Fault | undefined;
  readonly phoneNumbers: () => readonly NumberResource[];
  /** Changes a number by its SID; null if the account does not have it. */
  readonly onNumberUpdate: (sid: string, form: Form) => NumberResource | null;
  readonly onRequest: (request: RecordedRequest) => void;
  /** Runs for each read path, with its query. */
  readonly onRead: (path: string) => void;
  readonly now: () => number;
  readonly isListed: (message: MessageResource) => boolean;
  readonly messageOrder: "falling" | "rising";
  readonly onViolation: (problem: string) => void;
  readonly messages: MessageResource[];
  readonly calls: CallResource[];
  readonly onMessage: (message: MessageResource, form: Form) => void;
  readonly recordings: readonly RecordingResource[];
  readonly onCall: (call: CallResource, form: Form) => void;
  /** Changes a call in progress. */
  readonly onCallUpdate: (call: CallResource, form: Form) => Refusal | null;
}

type Env = { Bindings: { incoming: { socket: { destroy(): void } } } };

/** Serves Twilio's REST API for messages, calls and numbers. */
export function createRestApp(options: RestAppOptions): Hono<Env> {
  const { accountSid, username, password, numbers, messages, calls } = options;
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const app = new Hono<Env>();

  app.use(async (c, next) => {
    if (c.req.header("authorization") !== expected)
      return refused(c, { status: 401, code: 20003, message: "Authenticate" });
    return await next();
  });
  app.use(async (c, next) => {
    if (c.req.method !== "GET") return await next();
    const { pathname, search } = new URL(c.req.url);
    options.onRead(`${pathname}${search}`);
    const fault = options.takeFault(c.req);
    if (fault?.kind === "reset-before-acting") return cut(c);
    if (fault?.kind === "status")
      return c.body(fault.body ?? "<html>Bad gateway</html>", fault.status as 500);
    if (fault?.kind === "delay") await sleep(fault.ms);
    if (fault?.kind === "held") await fault.until;
    return await next();
  });
  app.get("/Messages.json", (c) =>
    c.json(
      listPage(
        c.req.url,
        "messages",
        messages.filter(options.isListed).map(withoutFiles),
        options.messageOrder,
      ),
    ),
  );
  app.get("/Messages/:sid/Media.json", (c) => {
    const message = messages.find(({ sid }) => sid === c.req.param("sid"));
    return message === undefined
      ? refused(c, notFound(c))
      : c.json(listPage(c.req.url, "media_list", mediaOf(message)));
  });
  app.get("/Calls.json", (c) => c.json(listPage(c.req.url, "calls", calls)));
  app.get("/IncomingPhoneNumbers.json", (c) =>
    c.json(listPage(c.req.url, "incoming_phone_numbers", options.phoneNumbers() as readonly object[])),
  );
  app.post("/IncomingPhoneNumbers/:file", (c) =>
    act(c, 200, (form) => options.onNumberUpdate(sidOf(c), form) ?? notFound(c)),
  );
  app.get("/Messages/:file", (c) => single(c, messages.map(withoutFiles)));
  app.get("/Calls/:file", (c) => single(c, calls));
  app.get("/Recordings.json", (c) => {
    const callSid = c.req.query("CallSid");
    const found = options.recordings.filter(({ call_sid: own }) => callSid === undefined || own === callSid);
    return c.json(listPage(c.req.url, "recordings", found));
  });
  app.get("/Recordings/:file", (c) => single(c, options.recordings));
  app.post("/Messages.json", (c) =>
    act(c, 201, (form) => {
      const refusal = refuseMessage(form, numbers);
      if (refusal !== null) return refusal;
      const made = messageResource(accountSid, form, "outbound-api", "queued", options.isTrial);
      const message = { ...made, date_created: twilioDate(new Date(options.now())) };
      messages.push(message);
      options.onMessage(message, form);
      return message;
    }),
  );
  app.post("/Calls.json", (c) =>
    act(c, 201, (form) => {
      const refusal = refuseCall(form, numbers);
      if (refusal !== null) return refusal;
      const call = callResource(accountSid, form, "outbound-api", "queued");
      calls.push(call);
      options.onCall(call, form);
      return call;
    }),
  );
  app.post("/Calls/:file", (c) =>
    act(c, 200, (form) => {
      const call = calls.find(({ sid }) => sid === sidOf(c));
      return call === undefined ? notFound(c) : (options.onCallUpdate(call, form) ?? call);
    }),
  );
  app.notFound((c) => refused(c, notFound(c)));
  return app;

  async function act(
    c: Context<Env>,
    status: 200 | 201,
    effect: (form: Form) => Refusal | MessageResource | CallResource | NumberResource,
  ): Promise<Response> {
    const form = formOf(await c.req.text());
    options.onRequest({ method: "POST", path: c.req.path, form });
    const fault = options.takeFault(c.req);
    if (fault?.kind === "reset-before-acting") return cut(c);
    if (fault?.kind === "status")
      return c.body(fault.body ?? "<html>Bad gateway</html>", fault.status as 500);
    if (fault?.kind === "error") return refused(c, fault);
    const request = { method: "POST", path: c.req.path, query: {}, form: withoutTakenAway(form) };
    const problems = options.openApi.problemsOfRequest(request);
    for (const problem of problems) options.onViolation(problem);
    const answer = effect(form);
    if (fault?.kind === "delay") await sleep(fault.ms);
    if (fault?.kind === "held") await fault.until;
    if ("code" in answer && "message" in answer) return refused(c, answer as Refusal);
    if (fault?.kind === "reset-after-acting") return cut(c);
    if (fault?.kind === "hang") return await new Promise<never>(() => {});
    if (fault?.kind === "status-after-acting") return c.body("<html>Bad gateway</html>", fault.status as 500);
    for (const problem of options.openApi.problemsOfAnswer(request, status, answer))
      options.onViolation(`own answer: ${problem}`);
    return c.json(answer, status);
  }

  function single(c: Context, all: readonly { readonly sid: string }[]): Response {
    const found = all.find((one) => one.sid === sidOf(c));
    if (found === undefined) return refused(c, notFound(c));
    const request = { method: "GET", path: c.req.path, query: {}, form: null };
    for (const problem of options.openApi.problemsOfAnswer(request, 200, found))
      options.onViolation(`own answer: ${problem}`);
    return c.json(found);
  }
}

function sidOf(c: Context): string {
  return c.req.param("file")?.replace(/\.json$/, "") ?? "";
}

function notFound(c: Context): Refusal {
  return { status: 404, code: 20404, message: `The requested resource ${c.req.path} was not found` };
}

/** Twilio removes an application if its SID is empty, but its API description does not allow an empty SID. */
function withoutTakenAway(form: Form): Form {
  return Object.fromEntries(
    Object.entries(form).filter(([name, value]) => value !== "" || !name.endsWith("ApplicationSid")),
  );
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
