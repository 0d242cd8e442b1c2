import { Hono } from "hono";

import { goodStanding } from "./api/account-standing.ts";
import type { AccountStanding } from "./api/account-standing.ts";
import { createUnheard } from "./api/create-unheard.ts";
import type { UnheardBook } from "./api/create-unheard.ts";
import { judgeProvider } from "./api/judge-provider.ts";
import { createNumberDesk } from "./api/number-desk.ts";
import type { NumberEntries } from "./api/number-desk.ts";
import { one } from "./api/refusals.ts";
import { createRequestLog } from "./api/request-log.ts";
import type { CallResource, MessageResource, NumberResource } from "./api/resources.ts";
import { createRestApp } from "./api/rest-app.ts";
import type { Fault, RecordedRequest } from "./api/rest-app.ts";
import { createStandingApp } from "./api/standing-app.ts";
import { loadTwilioOpenApi } from "./api/twilio-open-api.ts";
import { createCloud } from "./cloud/create-cloud.ts";
import type { Cloud } from "./cloud/create-cloud.ts";
import { startFunctionServer } from "./functions/start-function-server.ts";
import { createTelephone } from "./phone/create-telephone.ts";
import type { AnsweredCall, RingingCaller, VoiceWebhooks } from "./phone/create-telephone.ts";
import { createPhonePage } from "./phone/phone-page.ts";
import { placeCall } from "./phone/place-call.ts";
import type { PlacedCall } from "./phone/place-call.ts";
import { createRecordingSounds } from "./phone/recorded-tone.ts";
import type { RecordingResource } from "./phone/recordings.ts";
import type { SimulatedCall } from "./phone/simulated-call.ts";
import { startSimulatorServer } from "./start-simulator-server.ts";
import type { TwilioSimulatorOptions } from "./twilio-simulator-options.ts";
import { createAdvance } from "./webhooks/advance.ts";
import type { Advance } from "./webhooks/advance.ts";
import { createGate } from "./webhooks/create-gate.ts";
import { createMessageReceiver } from "./webhooks/create-message-receiver.ts";
import type { WrittenMessage } from "./webhooks/create-message-receiver.ts";
import { createHouseAddresses, type HouseAddressBook } from "./webhooks/house-addresses.ts";
import type { WebhookAnswer, WebhookTarget } from "./webhooks/send-webhook.ts";

export interface TwilioSimulator extends AsyncDisposable, Advance, HouseAddressBook, UnheardBook {
  /** For the option `api_base_url`. */
  readonly url: string;
  /** The page that shows a telephone. */
  readonly phoneUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** What Twilio says about the account when it is asked. */
  readonly standing: AccountStanding;
  /** Functions and Sync. */
  readonly cloud: Omit<Cloud, "app">;
  messages(): readonly MessageResource[];
  calls(): readonly CallResource[];
  /** Requests that created something, or tried to. */
  requests(): readonly RecordedRequest[];
  /** Paths of requests that only read. */
  reads(): readonly string[];
  /** The same with their queries. */
  queries(): readonly string[];
  /** What did not fit Twilio's OpenAPI document, and addresses that Twilio could not come back to in every way. */
  violations(): readonly string[];
  /** The first request that matches, also if it came before; rejects after `timeoutMs`. */
  requestArrived(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest>;
  /** What the owner entered at the numbers; `status` is told when a call that came in is over. */
  setWebhooks(webhooks: Webhooks): void;
  /** What the owner enters at one number, by Twilio's names. */
  enterAtNumber(number: string, entries: NumberEntries): void;
  /** The account's numbers as the API gives them. */
  phoneNumbers(): readonly NumberResource[];
  /** Somebody writes to a number of the account. */
  receiveMessage(message: WrittenMessage): Promise<WebhookAnswer>;
  /** Somebody calls a number of the account and talks; resolves as soon as the webhook is on its way. */
  ring(caller: RingingCaller): Promise<SimulatedCall>;
  /** Somebody calls and hangs up as soon as anything is asked; resolves when the call is over. */
  placeCall(call: { from: string; to: string }): Promise<PlacedCall>;
  /** Picks up a call that was made over the API; what it executes is under way. */
  answer(callSid: string, told?: AnsweredCall): SimulatedCall;
  /** A call that came in or was made. */
  call(callSid: string): SimulatedCall;
  /** How long a call that was made is to ring. */
  ringSeconds(callSid: string): number;
  /** The first call to this number that nobody has answered yet, also if it was made before; 5 s if not given. */
  outgoingCall(to: string, timeoutMs?: number): Promise<SimulatedCall>;
  failNext(fault: Fault, times?: number, method?: "POST" | "GET"): void;
  /** Nobody can connect until the returned function is called. */
  refuseConnections(): Promise<() => Promise<void>>;
  /** Calls stand still while `act` runs, such as a restart of the app: they ask it for nothing. */
  holdCalls<Result>(act: () => Promise<Result>): Promise<Result>;
}

type Webhooks = VoiceWebhooks & { readonly sms?: WebhookTarget };

const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
const AUTH_TOKEN = "fedcba9876543210".repeat(2);

/** Twilio on this machine: its API, its webhooks with real signatures and parameters, and a telephone to play with. */
export async function startTwilioSimulator({
  numbers = [],
  port: wantedPort = 0,
  people = [],
  trial = false,
  accountSid = ACCOUNT_SID,
  basePath = "",
  apiKey,
  signer = AUTH_TOKEN,
  pauseScale = 0.001,
  retryAfterMs = 50,
  sortsQueries = false,
  now = Date.now,
  messageOrder = "falling",
  chooseFault,
  startFunctions = startFunctionServer,
}: TwilioSimulatorOptions = {}): Promise<TwilioSimulator> {
  const openApi = judgeProvider(await loadTwilioOpenApi(), { accountSid, basePath });
  const messages: MessageResource[] = [];
  const calls: CallResource[] = [];
  const log = createRequestLog();
  const violations: string[] = [];
  const queries: string[] = [];
  const onRead = (path: string): void => void queries.push(path);
  const faults = { POST: [] as Fault[], GET: [] as Fault[] };
  const callbacks = new Map<string, string>();
  const onViolation = (problem: string): void => void violations.push(problem);
  const authorization = `Basic ${btoa(`${apiKey?.sid ?? accountSid}:${apiKey?.secret ?? AUTH_TOKEN}`)}`;
  const cloud = createCloud({
    accountSid,
    authToken: AUTH_TOKEN,
    authorization,
    startFunctionServer: startFunctions,
    onViolation,
  });
  const unheard = createUnheard({ accountSid, messages, calls, now });
  const house = createHouseAddresses({ sortsQueries, functionsAt: cloud.originOf, onViolation });
  let webhooks: Webhooks = {};
  const recordings: RecordingResource[] = [];
  const closed = new AbortController();
  const gate = createGate();
  const telephone = createTelephone({
    accountSid,
    signer,
    pauseScale,
    retryAfterMs,
    gate,
    closed: closed.signal,
    calls,
    recordings,
    recordingsUrl: () => `${url}/2010-04-01/Accounts/${accountSid}/Recordings`,
    webhooks: () => webhooks,
    deliveredTo: (address) => house.deliveredTo(address, webhooks.voice),
    onDocument: house.noteDocument,
    onHear: (call, heard) => phone.showHeard(call, heard),
    onEnd: (call) => phone.showEnd(call),
  });

  const receiveMessage = createMessageReceiver({
    accountSid,
    signer,
    messages,
    now,
    webhook: () => webhooks.sms,
    show: (shown) => phone.show(shown),
  });
  const phone = createPhonePage({
    ...telephone,
    number: numbers[0] ?? "",
    people,
    receiveMessage,
  });
  const desk = createNumberDesk({
    accountSid,
    numbers,
    webhooks: () => webhooks,
    deliveredTo: house.deliveredTo,
    onEntered: (entered) => void (webhooks = entered),
  });
  const app = new Hono<{ Bindings: { incoming: { socket: { destroy(): void } } } }>();
  app.route("/phone", phone.app);
  app.route(`${basePath}/2010-04-01/Accounts/${accountSid}`, createRecordingSounds());
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
      phoneNumbers: desk.resources,
      onNumberUpdate: desk.update,
      takeFault: (request) =>
        faults[request.method === "GET" ? "GET" : "POST"].shift() ?? chooseFault?.(request),
      onRequest: house.noteForms(log.add),
      onRead,
      now,
      isListed: unheard.isListed,
      messageOrder,
      onViolation,
      onMessage({ sid, to, body }, form) {
        callbacks.set(sid, one(form["StatusCallback"]));
        phone.show({ kind: "message", outgoing: false, number: to, text: body });
      },
      recordings,
      onCallUpdate: telephone.update,
      onCall(call, form) {
        telephone.made(call, form);
        callbacks.set(call.sid, one(form["StatusCallback"]));
        phone.showRinging(call);
      },
    }),
  );
  const standing = goodStanding(trial ? "Trial" : "Full");
  app.route(
    "/",
    createStandingApp({
      accountSid,
      authorization,
      standing,
      onRead,
      onViolation,
    }),
  );
  app.route("/", cloud.app);
  const server = await startSimulatorServer(app.fetch, wantedPort);
  const local = `http://127.0.0.1:${server.port}`;
  const url = `${local}${basePath}`;

  const advance = createAdvance({
    accountSid,
    signer,
    messages,
    calls,
    number: numbers[0] ?? "",
    callbackOf: (sid) => callbacks.get(sid) ?? "",
    deliveredTo: house.deliveredTo,
  });

  return {
    ...advance,
    ...unheard.book,
    url,
    phoneUrl: `${local}/phone`,
    accountSid,
    authToken: AUTH_TOKEN,
    standing,
    cloud,
    messages: () => messages,
    calls: () => calls,
    requests: log.requests,
    reads: () => queries.map((query) => query.split("?")[0] ?? ""),
    queries: () => queries,
    violations: () => violations,
    ...house.book,
    requestArrived: log.arrived,
    setWebhooks(targets) {
      webhooks = targets;
      desk.forget();
    },
    enterAtNumber: (number, entries) => void desk.enter(number, entries),
    phoneNumbers: desk.resources,
    receiveMessage,
    ring: (caller) => Promise.resolve(telephone.ring(caller)),
    placeCall: (caller) => placeCall(telephone.ring(caller)),
    answer: telephone.answer,
    call: telephone.call,
    ringSeconds: telephone.ringSeconds,
    outgoingCall: telephone.outgoingCall,
    failNext: (fault, times = 1, method = "POST") =>
      void faults[method].push(...Array.from({ length: times }, () => fault)),
    holdCalls: gate.whileClosed,
    refuseConnections: server.refuseConnections,
    async [Symbol.asyncDispose]() {
      closed.abort();
      phone.close();
      await server.close();
      await cloud[Symbol.asyncDispose]();
    },
  };
}
