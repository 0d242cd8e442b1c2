import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";

import { createPhonePage } from "./phone-page.ts";
import type { PhoneEvent } from "./phone-page.ts";
import { one } from "./refusals.ts";
import type { Form } from "./refusals.ts";
import { callResource } from "./resources.ts";
import type { CallResource, MessageResource } from "./resources.ts";
import { createRestApp } from "./rest-app.ts";
import type { Fault, RecordedRequest } from "./rest-app.ts";
import { runTwiml } from "./run-twiml.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { WebhookAnswer, WebhookTarget } from "./send-webhook.ts";
import { loadTwilioOpenApi } from "./twilio-open-api.ts";
import { callParameters, messageParameters } from "./webhook-parameters.ts";

export interface TwilioSimulatorOptions {
  /** The account's own numbers. */
  readonly numbers?: readonly string[];
}

export interface PlacedCall {
  readonly sid: string;
  readonly status: string;
  /** What the caller heard, in words. */
  readonly transcript: readonly string[];
  readonly answer: WebhookAnswer;
}

export interface TwilioSimulator extends AsyncDisposable {
  /** For the option `api_base_url`. */
  readonly url: string;
  /** The page that shows a telephone. */
  readonly phoneUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  messages(): readonly MessageResource[];
  calls(): readonly CallResource[];
  /** Requests that created something, or tried to. */
  requests(): readonly RecordedRequest[];
  /** What did not fit Twilio's OpenAPI document. */
  violations(): readonly string[];
  /** The first request that matches, also if it came before; rejects after `timeoutMs`. */
  requestArrived(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest>;
  setWebhooks(webhooks: { readonly sms?: WebhookTarget; readonly voice?: WebhookTarget }): void;
  /** Somebody writes to a number of the account. */
  receiveMessage(message: {
    from: string;
    to: string;
    body: string;
    mediaUrls?: readonly string[];
  }): Promise<WebhookAnswer>;
  /** Somebody calls a number of the account; resolves when the call is over. */
  placeCall(call: { from: string; to: string }): Promise<PlacedCall>;
  failNext(fault: Fault, times?: number): void;
}

const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
const AUTH_TOKEN = "fedcba9876543210".repeat(2);

/** Twilio on this machine: its API, its webhooks with real signatures and parameters, and a telephone to play with. */
export async function startTwilioSimulator({
  numbers = [],
}: TwilioSimulatorOptions = {}): Promise<TwilioSimulator> {
  const openApi = await loadTwilioOpenApi();
  const messages: MessageResource[] = [];
  const calls: CallResource[] = [];
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const faults: Fault[] = [];
  const waiting = new Set<() => void>();
  let webhooks: { readonly sms?: WebhookTarget; readonly voice?: WebhookTarget } = {};

  const phone = createPhonePage({ number: numbers[0] ?? "", receiveMessage, placeCall });
  const app = new Hono<{ Bindings: { incoming: { socket: { destroy(): void } } } }>();
  app.route("/phone", phone.app);
  app.route(
    `/2010-04-01/Accounts/${ACCOUNT_SID}`,
    createRestApp({
      accountSid: ACCOUNT_SID,
      authToken: AUTH_TOKEN,
      numbers,
      openApi,
      messages,
      calls,
      takeFault: () => faults.shift(),
      onRequest(request) {
        requests.push(request);
        for (const check of waiting) check();
      },
      onViolation: (problem) => void violations.push(problem),
      onMessage: ({ to, body }) => show({ kind: "message", outgoing: false, number: to, text: body }),
      onCall: (call, form) => show({ kind: "call", number: call.to, text: spokenIn(form) }),
    }),
  );
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function show(event: PhoneEvent): void {
    phone.show(event);
  }

  async function receiveMessage(message: {
    from: string;
    to: string;
    body: string;
    mediaUrls?: readonly string[];
  }) {
    if (webhooks.sms === undefined) throw new Error("the number has no webhook for messages");
    show({ kind: "message", outgoing: true, number: message.from, text: message.body });
    const answer = await sendWebhook(
      AUTH_TOKEN,
      webhooks.sms,
      messageParameters({ accountSid: ACCOUNT_SID, ...message }),
    );
    if (answer.status === 200) {
      for (const text of runTwiml(answer.body, answer.contentType).replies) {
        show({ kind: "message", outgoing: false, number: message.from, text });
      }
    }
    return answer;
  }

  async function placeCall({ from, to }: { from: string; to: string }): Promise<PlacedCall> {
    if (webhooks.voice === undefined) throw new Error("the number has no webhook for calls");
    const call = callResource(ACCOUNT_SID, { From: from, To: to }, "inbound", "ringing");
    const parameters = callParameters({
      accountSid: ACCOUNT_SID,
      callSid: call.sid,
      from,
      to,
      status: "ringing",
      direction: "inbound",
    });
    const answer = await sendWebhook(AUTH_TOKEN, webhooks.voice, parameters);
    const run =
      answer.status === 200
        ? runTwiml(answer.body, answer.contentType)
        : { heard: ["We are sorry, an application error has occurred"], status: "completed" };
    calls.push({ ...call, status: run.status });
    show({ kind: "call", number: from, text: `You called and heard: ${run.heard.join("; ") || "nothing"}` });
    return { sid: call.sid, status: run.status, transcript: run.heard, answer };
  }

  return {
    url,
    phoneUrl: `${url}/phone`,
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    messages: () => messages,
    calls: () => calls,
    requests: () => requests,
    violations: () => violations,
    requestArrived: (matches, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => finish(undefined), timeoutMs);
        const check = (): void => {
          const found = requests.find(matches);
          if (found !== undefined) finish(found);
        };
        const finish = (found: RecordedRequest | undefined): void => {
          clearTimeout(timer);
          waiting.delete(check);
          if (found === undefined) reject(new Error("Twilio was not asked in time"));
          else resolve(found);
        };
        waiting.add(check);
        check();
      }),
    setWebhooks(targets) {
      webhooks = targets;
    },
    receiveMessage,
    placeCall,
    failNext(fault, times = 1) {
      for (let count = 0; count < times; count += 1) faults.push(fault);
    },
    async [Symbol.asyncDispose]() {
      phone.close();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function spokenIn(form: Form): string {
  const twiml = one(form["Twiml"]);
  return twiml === "" ? `plays ${one(form["Url"])}` : runTwiml(twiml, "text/xml").heard.join("; ");
}
