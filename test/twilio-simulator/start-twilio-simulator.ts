import { Hono } from "hono";

import { createAccountStateApp } from "./api/account-state-app.ts";
import { initialAccountState } from "./api/account-state.ts";
import type { AccountState } from "./api/account-state.ts";
import { createUnreported } from "./api/create-unreported.ts";
import type { UnreportedBook } from "./api/create-unreported.ts";
import { judgeProvider } from "./api/judge-provider.ts";
import { createNumberDesk } from "./api/number-desk.ts";
import type { NumberEntries } from "./api/number-desk.ts";
import { createPlannedFaults } from "./api/planned-faults.ts";
import type { PlannedFaults } from "./api/planned-faults.ts";
import { one } from "./api/refusals.ts";
import { createRequestLog } from "./api/request-log.ts";
import type { CallResource, MessageResource, NumberResource } from "./api/resources.ts";
import { createRestApp } from "./api/rest-app.ts";
import type { RecordedRequest } from "./api/rest-app.ts";
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

export interface TwilioSimulator
  extends AsyncDisposable, Advance, HouseAddressBook, UnreportedBook, Pick<PlannedFaults, "failNext"> {
  /** For the option `api_base_url`. */
  readonly url: string;
  /** The address of the page with a telephone. */
  readonly phoneUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** The state of the account. Tests change it. */
  readonly accountState: AccountState;
  /** The simulated Functions and Sync. */
  readonly cloud: Omit<Cloud, "app">;
  messages(): readonly MessageResource[];
  calls(): readonly CallResource[];
  /** The requests that created something, or tried to. */
  requests(): readonly RecordedRequest[];
  /** The paths of requests that only read. */
  reads(): readonly string[];
  /** The same with their queries. */
  queries(): readonly string[];
  /** Requests that do not match Twilio's OpenAPI document, and URLs that Twilio could not request in every way. */
  violations(): readonly string[];
  /** The first matching request, also an earlier one. Rejects after `timeoutMs`. */
  requestArrived(matches: (request: RecordedRequest) => boolean, timeoutMs: number): Promise<RecordedRequest>;
  /** Enters the webhooks of the numbers. `status` is called after incoming calls. */
  setWebhooks(webhooks: Webhooks): void;
  /** Enters settings of one number, by Twilio's names. */
  enterAtNumber(number: string, entries: NumberEntries): void;
  /** The account's numbers in the form of the API. */
  phoneNumbers(): readonly NumberResource[];
  /** Sends a message to a number of the account. */
  receiveMessage(message: WrittenMessage): Promise<WebhookAnswer>;
  /** Calls a number of the account, for a conversation. Resolves when the webhook has been sent. */
  ring(caller: RingingCaller): Promise<SimulatedCall>;
  /** Calls a number, and hangs up at the first verb that waits. Resolves when the call has ended. */
  placeCall(call: { from: string; to: string }): Promise<PlacedCall>;
  /** Answers a call of the API, which starts its TwiML. */
  answer(callSid: string, told?: AnsweredCall): SimulatedCall;
  /** An incoming or outgoing call by its SID. */
  call(callSid: string): SimulatedCall;
  /** The ring timeout of an outgoing call. */
  ringSeconds(callSid: string): number;
  /** The first unanswered call to this number, also an earlier one. Rejects after `timeoutMs`, by default 5 s. */
  outgoingCall(to: string, timeoutMs?: number): Promise<SimulatedCall>;
  /** Closes the port of the API until the returned function is called. */
  refuseConnections(): Promise<() => Promise<void>>;
  /** Pauses all calls while `act` runs, such as a restart of the app. They send no requests meanwhile. */
  holdCalls<Result>(act: () => Promise<Result>): Promise<Result>;
}

type Webhooks = VoiceWebhooks & { readonly sms?: WebhookTarget };

const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
const AUTH_TOKEN = "fedcba9876543210".repeat(2);

/** Starts a simulated Twilio: its API, its webhooks with real signatures and parameters, and a page with a telephone. */
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
  webhookTimeoutMs,
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
  const { failNext, takeFault } = createPlannedFaults();
  const callbacks = new Map<string, string>();
  const onViolation = (problem: string): void => void violations.push(problem);
  const authorization = `Basic ${btoa(`${apiKey?.sid ?? accountSid}:${apiKey?.secret ?? AUTH_TOKEN}`)}`;
  const cloud = createCloud({
    accountSid,
    authToken: AUTH_TOKEN,
    authorization,
    startFunctionServer: startFunctions,
    onViolation,
    now,
  });
  const unreported = createUnreported({ accountSid, messages, calls, now });
  const functionsAt = (domain: string): string | null => cloud.addressOf(domain, local);
  const house = createHouseAddresses({ sortsQueries, functionsAt, onViolation });
  let webhooks: Webhooks = {};
  const recordings: RecordingResource[] = [];
  const closed = new AbortController();
  const gate = createGate();
  const telephone = createTelephone({
    accountSid,
    signer,
    pauseScale,
    retryAfterMs,
    webhookTimeoutMs,
    gate,
    closed: closed.signal,
    calls,
    recordings,
    recordingsUrl: () => `${url}/2010-04-01/Accounts/${accountSid}/Recordings`,
    webhooks: () => webhooks,
    deliveredTo: (address) => house.deliveredTo(address, webhooks.voice),
    onDocument: house.noteDocument,
    onSound: (call, sound) => phone.showSound(call, sound),
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
  // All of Twilio's APIs have one clock.
  app.use(async (c, next) => {
    await next();
    c.header("Date", new Date(now()).toUTCString());
  });
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
      takeFault: (request) => takeFault(request) ?? chooseFault?.(request),
      onRequest: house.noteForms(log.add),
      onRead,
      now,
      isListed: unreported.isListed,
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
  const accountState = initialAccountState(trial ? "Trial" : "Full");
  app.route("/", createAccountStateApp({ accountSid, authorization, accountState, onRead, onViolation }));
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
    ...unreported.book,
    url,
    phoneUrl: `${local}/phone`,
    accountSid,
    authToken: AUTH_TOKEN,
    accountState,
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
      desk.reset();
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
    failNext,
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
