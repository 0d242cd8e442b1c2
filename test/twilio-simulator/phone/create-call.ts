import { setTimeout as delay } from "node:timers/promises";

import { PATIENCE_MS } from "../../patience.ts";
import { twilioDate } from "../api/resources.ts";
import type { CallResource } from "../api/resources.ts";
import type { Forward } from "../twiml/ask-dial.ts";
import { fetchDocument } from "../twiml/fetch-document.ts";
import { parseTwiml, TwimlError } from "../twiml/parse-twiml.ts";
import type { TwimlProblem, Verb } from "../twiml/parse-twiml.ts";
import { runVerbs } from "../twiml/run-verbs.ts";
import type { Handset, Next } from "../twiml/run-verbs.ts";
import { withFallback } from "../twiml/with-fallback.ts";
import type { MadeRequest } from "../webhooks/request-webhook.ts";
import type { WebhookAnswer } from "../webhooks/send-webhook.ts";
import type { CallerAct, Sound, Question, TwimlRequest } from "./caller-act.ts";
import { createCallReports } from "./create-call-reports.ts";
import type { CallReports } from "./create-call-reports.ts";
import { createWaiters } from "./create-waiters.ts";
import { isFinal } from "./is-final.ts";
import type { SimulatedCall } from "./simulated-call.ts";
import type { TelephoneLine } from "./telephone-line.ts";

/** The source of TwiML for a call. */
export type TwimlSource =
  | { readonly url: string; readonly method: "GET" | "POST" }
  | { readonly twiml: string };

export interface CallControl {
  readonly call: SimulatedCall;
  readonly reports: CallReports;
  /** Executes the source, and abandons everything before it. */
  execute(source: TwimlSource, parameters?: Readonly<Record<string, string>>): void;
  /** Answers the call. `pauseScale`: that of the line by default. */
  answer(pauseScale?: number): void;
  /** Ends the call. Resolves when the status callback, if any, is answered. */
  end(status: string): Promise<void>;
}

interface OpenQuestion {
  readonly question: Question<unknown>;
  readonly settle: (outcome: unknown) => void;
  readonly leave: (reason: Error) => void;
}

/** Only an endless loop of TwiML has so many documents. */
const MOST_DOCUMENTS = 200;

/** Simulates a call, and updates `resource` with its status. */
export function createCall(resource: CallResource, line: TelephoneLine): CallControl {
  const sounds: Sound[] = [];
  const requests: MadeRequest[] = [];
  const documents: string[] = [];
  const answers: WebhookAnswer[] = [];
  const notes: TwimlProblem[] = [];
  const waiters = createWaiters();
  const reports = createCallReports(resource, line, waiters.changed);
  let running = new AbortController();
  let open: OpenQuestion | null = null;
  let isAsking = false;
  let forwarded: Forward | null = null;
  let seconds = 0;
  let { pauseScale } = line;

  const isOver = (): boolean => isFinal(resource.status);
  const note = (code: number, message: string): void => void notes.push({ code, message });
  const describe = (): string => `the call is ${resource.status} and waits for ${call.waitingFor}`;

  /** Ends everything that the call waits for. */
  function leave(): void {
    running.abort();
    open?.leave(new Error("left"));
    open = null;
    isAsking = false;
  }

  function hear(what: Sound): void {
    sounds.push(what);
    line.onSound(call, what);
    waiters.changed();
  }

  function answer(): void {
    if (resource.status === "in-progress") return;
    resource.status = "in-progress";
    resource["start_time"] = twilioDate(new Date());
    waiters.changed();
  }

  /** Requests TwiML. A hang-up does not abort the request, but its answer is ignored. */
  async function ask(request: TwimlRequest, signal: AbortSignal | null) {
    const outcome = await line.request(
      { url: request.url, method: request.method },
      { ...reports.parameters(), ...line.callerParameters, ...request.parameters },
      (made) => void requests.push(made),
    );
    reports.recordingsAreReady();
    signal?.throwIfAborted();
    if (outcome.answer !== null) answers.push(outcome.answer);
    return outcome;
  }

  function handset(signal: AbortSignal): Handset {
    return {
      isAnswered: () => resource.status === "in-progress",
      answer,
      hear,
      note,
      async pass(length) {
        seconds += length;
        waiters.changed();
        await delay(Math.min(length, 14_400) * 1_000 * pauseScale, undefined, { signal });
        await line.gate.passed();
        signal.throwIfAborted();
      },
      count: (length) => void (seconds += length),
      ask: <T>(question: Question<T>) =>
        new Promise<T>((resolve, reject) => {
          open = { question, settle: (outcome) => resolve(outcome as T), leave: reject };
          waiters.changed();
        }),
      forward: (to) => void (forwarded = to),
      record: (verb, length) => reports.record(verb, length),
    };
  }

  async function fetchVerbs(request: TwimlRequest, signal: AbortSignal): Promise<readonly Verb[]> {
    isAsking = true;
    waiters.changed();
    try {
      return await fetchDocument(
        request,
        (one) => ask(one, signal),
        (body) => {
          documents.push(body);
          line.onDocument(body);
        },
        note,
      );
    } finally {
      if (!signal.aborted) isAsking = false;
      waiters.changed();
    }
  }

  async function begin(
    source: TwimlSource,
    parameters: Readonly<Record<string, string>>,
    set: Handset,
  ): Promise<Next> {
    if ("url" in source) return { kind: "request", ...source, parameters };
    documents.push(source.twiml);
    const { verbs, warnings } = parseTwiml(source.twiml);
    notes.push(...warnings);
    return await runVerbs(verbs, { url: null, method: "POST" }, set);
  }

  /** Executes documents, one after the other, until the call ends. */
  async function follow(
    source: TwimlSource,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<"completed" | "busy"> {
    const set = handset(signal);
    let next = await begin(source, parameters, set);
    for (let count = 0; next.kind === "request"; count += 1) {
      if (count === MOST_DOCUMENTS) throw new TwimlError(11215, "the call goes round in a circle");
      next = await runVerbs(await fetchVerbs(next, signal), next, set);
    }
    return next.status;
  }

  async function run(source: TwimlSource, parameters: Readonly<Record<string, string>>): Promise<void> {
    leave();
    running = new AbortController();
    const { signal } = running;
    try {
      const followAll = (from: TwimlSource, more: MadeRequest["parameters"]) => follow(from, more, signal);
      const lastRequest = () => requests.at(-1);
      const options = { follow: followAll, fallback: line.fallback, lastRequest, note, signal };
      const status = await withFallback(options, source, parameters);
      await end(status);
    } catch (error) {
      if (signal.aborted || line.closed.aborted) return;
      if (!(error instanceof TwimlError)) throw error;
      note(error.code, error.message);
      answer();
      hear({ applicationError: error.code });
      await end("completed");
    }
  }

  async function end(status: string): Promise<void> {
    if (isOver()) return;
    leave();
    const wasAnswered = resource.status === "in-progress";
    resource.status = status;
    resource["duration"] = String(wasAnswered ? Math.max(1, Math.round(seconds)) : 0);
    resource["end_time"] = twilioDate(new Date());
    waiters.changed();
    line.onEnd(call);
    await reports.tell("completed");
  }

  async function act(what: CallerAct): Promise<void> {
    let isDone = false;
    await waiters.until(
      () => {
        if (isDone) return true;
        if (isOver()) throw new Error(`Nobody takes that: the call is ${resource.status}`);
        if (open === null || !open.question.accepts.includes(what.kind)) return false;
        const outcome = open.question.take(what);
        isDone = true;
        if (outcome !== null) {
          const { settle } = open;
          open = null;
          settle(outcome);
          waiters.changed();
        }
        return true;
      },
      PATIENCE_MS,
      describe,
    );
  }

  const call: SimulatedCall = {
    sid: resource.sid,
    from: resource.from,
    to: resource.to,
    direction: resource.direction,
    get state() {
      return resource.status;
    },
    get waitingFor() {
      return open?.question.kind ?? (isAsking ? "response" : "nothing");
    },
    sounds,
    get said() {
      return sounds.flatMap((one) => ("say" in one ? [one.say] : []));
    },
    requests,
    callbacks: reports.made,
    documents,
    answers,
    notes,
    press: (keys) => act({ kind: "keys", keys }),
    speak: (words, confidence = 0.9) => act({ kind: "words", words, confidence }),
    stayQuiet: () => act({ kind: "quiet" }),
    record: (length, key = "") => act({ kind: "recorded", seconds: length, key }),
    forwarded: () => forwarded,
    pickUpForward: () => act({ kind: "picked-up" }),
    endForward: (status, length = 1) => act({ kind: "forwarded", status, seconds: length }),
    async hangUp({ after = 1 } = {}) {
      if (isOver()) throw new Error(`Nobody is there to hang up: the call is ${resource.status}`);
      const lastRequest = open?.question.hungUp(after) ?? null;
      if (lastRequest !== null) seconds += after;
      // Twilio's documentation has no status for a caller who hangs up before an answer (unconfirmed).
      const ended = end(resource.status === "in-progress" ? "completed" : "no-answer");
      if (lastRequest !== null) void ask(lastRequest, null).catch(line.unlessClosed);
      await ended;
    },
    until: (isSo, timeoutMs = PATIENCE_MS) => waiters.until(() => isSo(call), timeoutMs, describe),
    async over(timeoutMs = PATIENCE_MS) {
      await waiters.until(isOver, timeoutMs, describe);
      await reports.settled();
    },
  };

  return {
    call,
    reports,
    answer(scale = line.pauseScale) {
      pauseScale = scale;
      answer();
    },
    execute: (source, parameters = {}) => void run(source, parameters),
    end,
  };
}
