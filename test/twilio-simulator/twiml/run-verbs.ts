import type { Sound, Question, TwimlRequest } from "../phone/caller-act.ts";
import { askDial, forwardOf } from "./ask-dial.ts";
import type { DialOutcome, Forward } from "./ask-dial.ts";
import { askGather } from "./ask-gather.ts";
import { askRecord } from "./ask-record.ts";
import type { RecordOutcome } from "./ask-record.ts";
import { TwimlError } from "./parse-twiml.ts";
import type { Verb } from "./parse-twiml.ts";

/** The functions of a call that verbs need. Waits reject when the call ends or continues elsewhere. */
export interface Handset {
  readonly isAnswered: () => boolean;
  /** Answers the call, if it is not answered yet. */
  readonly answer: () => void;
  readonly hear: (sound: Sound) => void;
  /** Adds an entry to Twilio's debugger. */
  readonly note: (code: number, message: string) => void;
  /** Waits for seconds of the call's time. */
  readonly pass: (seconds: number) => Promise<void>;
  /** Adds seconds that have already passed. */
  readonly count: (seconds: number) => void;
  readonly ask: <T>(question: Question<T>) => Promise<T>;
  readonly forward: (forward: Forward) => void;
  /** Stores a recording, and returns its parameters. */
  readonly record: (verb: Verb, seconds: number) => Readonly<Record<string, string>>;
}

export interface DocumentPlace {
  /** The base of relative URLs, or null for TwiML in a REST request. */
  readonly url: string | null;
  readonly method: "GET" | "POST";
}

export type Next =
  | ({ readonly kind: "request" } & TwimlRequest)
  | { readonly kind: "end"; readonly status: "completed" | "busy" };

/** Twilio's limits in characters: for its own voices, for Amazon's and for Google's. */
const MOST_SPOKEN = { basic: 4_096, Polly: 3_000, Google: 5_000 };
/** The most characters after URL encoding, with every voice. */
const MOST_ENCODED = 4_500;
const MOST_LOOPS = 1_000;

/** Executes the verbs of a document in order, until one leads to another document or ends the call. */
export async function runVerbs(verbs: readonly Verb[], place: DocumentPlace, set: Handset): Promise<Next> {
  for (const [index, verb] of verbs.entries()) {
    if (isAnswering(verb, index)) set.answer();
    const next = await runVerb(verb, place, set);
    if (next !== null) return next;
  }
  set.answer();
  return { kind: "end", status: "completed" };
}

/** Whether a verb answers an incoming call. A Reject is free of charge only as the first verb. */
function isAnswering({ name, attributes }: Verb, index: number): boolean {
  if (name === "Pause" || name === "Redirect" || name === "Message") return false;
  if (name === "Reject") return index > 0;
  return !(name === "Dial" && attributes["answerOnBridge"] === "true");
}

async function runVerb(verb: Verb, place: DocumentPlace, set: Handset): Promise<Next | null> {
  const { attributes } = verb;
  switch (verb.name) {
    case "Say":
    case "Play":
      await playToCaller(verb, set);
      return null;
    case "Pause":
      await set.pass(Number(attributes["length"] ?? 1));
      return null;
    case "Redirect":
      return { kind: "request", ...requestOf(verb.text.trim(), attributes, place, {}) };
    case "Hangup":
      return { kind: "end", status: "completed" };
    case "Reject":
      if (set.isAnswered()) return { kind: "end", status: "completed" };
      set.hear({ rejected: attributes["reason"] === "busy" ? "busy" : "rejected" });
      return { kind: "end", status: "busy" };
    case "Gather":
      return await runGather(verb, place, set);
    case "Record":
      return await runRecord(verb, place, set);
    case "Dial":
      return await runDial(verb, place, set);
    default:
      set.note(12200, `<${verb.name}> does nothing in a call`);
      return null;
  }
}

async function playToCaller({ name, attributes, text }: Verb, set: Handset): Promise<void> {
  const { voice = "man", language = "en-US", digits } = attributes;
  const family = /^(Polly|Google)\./.exec(voice)?.[1] as "Polly" | "Google" | undefined;
  const isTooLong =
    text.length > MOST_SPOKEN[family ?? "basic"] ||
    encodeURIComponent(text.toWellFormed()).length > MOST_ENCODED;
  if (name === "Say" && isTooLong) {
    set.note(13521, "the text of <Say> is too long");
    return;
  }
  if (name === "Say" && text.trim() === "") set.note(13520, "the text of <Say> is empty");
  const loops = Number(attributes["loop"] ?? 1);
  for (let count = 0; count < (loops === 0 ? MOST_LOOPS : Math.min(loops, MOST_LOOPS)); count += 1) {
    if (name === "Say") set.hear({ say: text, language, voice });
    else set.hear(digits === undefined ? { play: text.trim() } : { tones: digits });
    // The call may end between two loops.
    if (loops !== 1) await set.pass(1);
  }
}

async function runGather(verb: Verb, place: DocumentPlace, set: Handset): Promise<Next | null> {
  for (const nested of verb.children) await runVerb(nested, place, set);
  const { isEmpty, parameters } = await set.ask(askGather(verb));
  if (isEmpty && verb.attributes["actionOnEmptyResult"] !== "true") return null;
  return { kind: "request", ...requestOf(verb.attributes["action"], verb.attributes, place, parameters) };
}

async function runRecord(verb: Verb, place: DocumentPlace, set: Handset): Promise<Next | null> {
  const { action, playBeep } = verb.attributes;
  if (playBeep !== "false") set.hear({ beep: true });
  const requestFor = ({ seconds, digits }: RecordOutcome): TwimlRequest | null => {
    if (seconds === 0) return null;
    const parameters = { ...set.record(verb, seconds), Digits: digits };
    return requestOf(action, verb.attributes, place, parameters);
  };
  const outcome = await set.ask(askRecord(verb, requestFor));
  set.count(outcome.seconds);
  const request = requestFor(outcome);
  return request === null ? null : { kind: "request", ...request };
}

async function runDial(verb: Verb, place: DocumentPlace, set: Handset): Promise<Next | null> {
  const forward = forwardOf(verb);
  if (forward.number === "") throw new TwimlError(13223, "<Dial> has no number");
  set.forward(forward);
  set.hear({ dial: forward.number });
  const { action } = verb.attributes;
  const requestFor = ({ parameters }: DialOutcome): TwimlRequest | null =>
    action === undefined ? null : requestOf(action, verb.attributes, place, parameters);
  const outcome = await set.ask(askDial(forward, set.answer, requestFor));
  set.count(outcome.seconds);
  const request = requestFor(outcome);
  return request === null ? null : { kind: "request", ...request };
}

/**
 * The URL of an action, by default that of the document. An absolute URL is not changed, because it is signed in this
 * form.
 */
function requestOf(
  given: string | undefined,
  attributes: Readonly<Record<string, string>>,
  place: DocumentPlace,
  parameters: Readonly<Record<string, string>>,
): TwimlRequest {
  const action = given === "" ? undefined : given;
  const method = attributes["method"] ?? "POST";
  if (method !== "GET" && method !== "POST") throw new TwimlError(12200, `the method is ${method}`);
  if (action !== undefined && /^https?:\/\//.test(action)) return { url: action, method, parameters };
  if (place.url === null || (action !== undefined && !URL.canParse(action, place.url)))
    throw new TwimlError(11100, "a URL in the document is not valid");
  const url = action === undefined ? place.url : new URL(action, place.url).href;
  return { url, method, parameters };
}
