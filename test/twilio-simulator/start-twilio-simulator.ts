import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

import { goodStanding } from "./account-standing.ts";
import type { AccountStanding } from "./account-standing.ts";
import { createAdvance } from "./advance.ts";
import type { Advance } from "./advance.ts";
import { judgeProvider } from "./judge-provider.ts";
import { createPhonePage } from "./phone-page.ts";
import type { PhoneEvent } from "./phone-page.ts";
import { one } from "./refusals.ts";
import type { Form } from "./refusals.ts";
import { createRequestLog } from "./request-log.ts";
import { callResource, messageResource, numberResource, twilioDate } from "./resources.ts";
import type { CallResource, MessageResource } from "./resources.ts";
import { createRestApp } from "./rest-app.ts";
import type { Fault, RecordedRequest } from "./rest-app.ts";
import { runTwiml } from "./run-twiml.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { WebhookAnswer, WebhookSigner, WebhookTarget } from "./send-webhook.ts";
import { createStandingApp } from "./standing-app.ts";
import { loadTwilioOpenApi } from "./twilio-open-api.ts";
import { callParameters, messageParameters } from "./webhook-parameters.ts";

export interface TwilioSimulatorOptions {
  /** The account's own numbers. */
  readonly numbers?: readonly string[];
  /** A trial account puts a sentence before each text. */
  readonly trial?: boolean;
  /** A compatible provider's, such as a UUID. */
  readonly accountSid?: string;
  /** A compatible provider's: what stands before `/2010-04-01`. */
  readonly basePath?: string;
  /** Must be used for the API, which then refuses the auth token. */
  readonly apiKey?: { readonly sid: string; readonly secret: string };
  /** What webhooks are signed with, if it is not the auth token. */
  readonly signer?: WebhookSigner;
  /** Asked for every request to the API; for faults in an order of one's own. */
  readonly chooseFault?: (request: { readonly method: string; readonly path: string }) => Fault | undefined;
}

export interface WrittenMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
}

/** Something that happened without the app: its webhook never came through. */
export interface Unheard {
  readonly from: string;
  readonly to: string;
  readonly createdAt?: Date;
}

export interface PlacedCall {
  readonly sid: string;
  readonly status: string;
  /** What the caller heard, in words. */
  readonly transcript: readonly string[];
  readonly answer: WebhookAnswer;
}

export interface TwilioSimulator extends AsyncDisposable, Advance {
  /** For the option `api_base_url`. */
  readonly url: string;
  /** The page that shows a telephone. */
  readonly phoneUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** What Twilio says about the account when it is asked. */
  readonly standing: AccountStanding;
  messages(): readonly MessageResource[];
  calls(): readonly CallResource[];
  /** Requests that created something, or tried to. */
  requests(): readonly RecordedRequest[];
  /** Paths of requests that only read. */
  reads(): readonly string[];
  /** What did not fit Twilio's OpenAPI document. */
  violations(): readonly string[];
  /** The first request that matches, also if it came before; rejects after `timeoutMs`. */
  requestArrived(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest>;
  setWebhooks(webhooks: { readonly sms?: WebhookTarget; readonly voice?: WebhookTarget }): void;
  /** Somebody writes to a number of the account. */
  receiveMessage(message: WrittenMessage): Promise<WebhookAnswer>;
  /** Somebody calls a number of the account; resolves when the call is over. */
  placeCall(call: { from: string; to: string }): Promise<PlacedCall>;
  /** A message to or from the account whose webhook nobody got; returns its SID. */
  addMessage(message: Unheard & { readonly body: string; readonly direction?: string }): string;
  /** A call that nobody was told of; returns its SID. */
  addCall(call: Unheard): string;
  /** Status callbacks to `origin` really go to `realOrigin`. */
  routeCallbacks(origin: string, realOrigin: string): void;
  failNext(fault: Fault, times?: number, method?: "POST" | "GET"): void;
  /** Nobody can connect until the returned function is called. */
  refuseConnections(): Promise<() => Promise<void>>;
}

const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
const AUTH_TOKEN = "fedcba9876543210".repeat(2);

/** Twilio on this machine: its API, its webhooks with real signatures and parameters, and a telephone to play with. */
export async function startTwilioSimulator({
  numbers = [],
  trial = false,
  accountSid = ACCOUNT_SID,
  basePath = "",
  apiKey,
  signer = AUTH_TOKEN,
  chooseFault,
}: TwilioSimulatorOptions = {}): Promise<TwilioSimulator> {
  const openApi = judgeProvider(await loadTwilioOpenApi(), { accountSid, basePath });
  const messages: MessageResource[] = [];
  const calls: CallResource[] = [];
  const log = createRequestLog();
  const violations: string[] = [];
  const reads: string[] = [];
  const faults = { POST: [] as Fault[], GET: [] as Fault[] };
  const callbacks = new Map<string, string>();
  let route = { origin: "", realOrigin: "" };
  let webhooks: { readonly sms?: WebhookTarget; readonly voice?: WebhookTarget } = {};

  const phone = createPhonePage({ number: numbers[0] ?? "", receiveMessage, placeCall });
  const app = new Hono<{ Bindings: { incoming: { socket: { destroy(): void } } } }>();
  app.route("/phone", phone.app);
  app.route(
    `${basePath}/2010-04-01/Accounts/${accountSid}`,
    createRestApp({
      accountSid,
      username: apiKey?.sid ?? accountSid,
      password: apiKey?.secret ?? AUTH_TOKEN,
      numbers,
      openApi,
      messages,
      calls,
      isTrial: trial,
      phoneNumbers: () => numbers.map((number) => numberResource(accountSid, number, webhooks)),
      takeFault: (request) =>
        faults[request.method === "GET" ? "GET" : "POST"].shift() ?? chooseFault?.(request),
      onRequest: log.add,
      onRead: (path) => void reads.push(path),
      onViolation: (problem) => void violations.push(problem),
      onMessage({ sid, to, body }, form) {
        callbacks.set(sid, one(form["StatusCallback"]));
        show({ kind: "message", outgoing: false, number: to, text: body });
      },
      onCall(call, form) {
        callbacks.set(call.sid, one(form["StatusCallback"]));
        show({ kind: "call", number: call.to, text: spokenIn(form) });
      },
    }),
  );
  const standing = goodStanding(trial ? "Trial" : "Full");
  app.route(
    "/",
    createStandingApp({
      accountSid,
      authorization: `Basic ${btoa(`${apiKey?.sid ?? accountSid}:${apiKey?.secret ?? AUTH_TOKEN}`)}`,
      standing,
      onRead: (path) => void reads.push(path),
      onViolation: (problem) => void violations.push(problem),
    }),
  );
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const local = `http://127.0.0.1:${port}`;
  const url = `${local}${basePath}`;

  async function close(): Promise<void> {
    if (!server.listening) return;
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
    await once(server, "close");
  }

  function show(event: PhoneEvent): void {
    phone.show(event);
  }

  async function receiveMessage(message: WrittenMessage): Promise<WebhookAnswer> {
    if (webhooks.sms === undefined) throw new Error("the number has no webhook for messages");
    show({ kind: "message", outgoing: true, number: message.from, text: message.body });
    const parameters = messageParameters({ accountSid, ...message });
    const form = { From: message.from, To: message.to, Body: message.body };
    const resource = messageResource(accountSid, form, "inbound", "received");
    messages.push({ ...resource, sid: parameters["MessageSid"] ?? "" });
    const answer = await sendWebhook(signer, webhooks.sms, parameters);
    if (answer.status === 200) {
      for (const text of runTwiml(answer.body, answer.contentType).replies) {
        show({ kind: "message", outgoing: false, number: message.from, text });
      }
    }
    return answer;
  }

  async function placeCall({ from, to }: { from: string; to: string }): Promise<PlacedCall> {
    if (webhooks.voice === undefined) throw new Error("the number has no webhook for calls");
    const call = callResource(accountSid, { From: from, To: to }, "inbound", "ringing");
    const parameters = callParameters({
      accountSid,
      callSid: call.sid,
      from,
      to,
      status: "ringing",
      direction: "inbound",
    });
    const answer = await sendWebhook(signer, webhooks.voice, parameters);
    const run =
      answer.status === 200
        ? runTwiml(answer.body, answer.contentType)
        : { heard: ["We are sorry, an application error has occurred"], status: "completed" };
    calls.push({ ...call, status: run.status });
    show({ kind: "call", number: from, text: `You called and heard: ${run.heard.join("; ") || "nothing"}` });
    return { sid: call.sid, status: run.status, transcript: run.heard, answer };
  }

  const advance = createAdvance({
    accountSid,
    signer,
    messages,
    calls,
    number: numbers[0] ?? "",
    callbackOf: (sid) => callbacks.get(sid) ?? "",
    deliveredTo: (callback) => callback.replace(route.origin, route.realOrigin),
  });

  return {
    ...advance,
    url,
    phoneUrl: `${local}/phone`,
    accountSid,
    authToken: AUTH_TOKEN,
    standing,
    messages: () => messages,
    calls: () => calls,
    requests: log.requests,
    reads: () => reads,
    violations: () => violations,
    requestArrived: log.arrived,
    setWebhooks(targets) {
      webhooks = targets;
    },
    receiveMessage,
    placeCall,
    addMessage({ from, to, body, direction = "inbound", createdAt = new Date() }) {
      const status = direction === "inbound" ? "received" : "delivered";
      const message = messageResource(accountSid, { From: from, To: to, Body: body }, direction, status);
      messages.push({ ...message, date_created: twilioDate(createdAt) });
      return message.sid;
    },
    addCall({ from, to, createdAt = new Date() }) {
      const call = callResource(accountSid, { From: from, To: to }, "inbound", "no-answer");
      calls.push({ ...call, date_created: twilioDate(createdAt) });
      return call.sid;
    },
    routeCallbacks(origin, realOrigin) {
      route = { origin, realOrigin };
    },
    failNext(fault, times = 1, method = "POST") {
      for (let count = 0; count < times; count += 1) faults[method].push(fault);
    },
    async refuseConnections() {
      await close();
      return async () => {
        server.listen(port, "127.0.0.1");
        await once(server, "listening");
      };
    },
    async [Symbol.asyncDispose]() {
      phone.close();
      await close();
    },
  };
}

function spokenIn(form: Form): string {
  const twiml = one(form["Twiml"]);
  return twiml === "" ? `plays ${one(form["Url"])}` : runTwiml(twiml, "text/xml").heard.join("; ");
}
