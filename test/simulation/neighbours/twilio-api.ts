import type { Random } from "../../random.ts";
import { between } from "../machine/random-streams.ts";
import type { HttpAnswer, HttpNeighbour, HttpRequest, Outcome } from "../network/messages.ts";
import { relayResources } from "./relay.ts";
import { callResource, messageResource, NO_CONTROLS, numberResource } from "./twilio-account.ts";
import type { TwilioAccount, TwilioCall, TwilioMessage } from "./twilio-account.ts";
import type { CallInstructions } from "./twilio-calls.ts";

/** The fault of one request to Twilio. The last four are answers. With `error after`, Twilio has acted. */
export type ApiFault = Exclude<Outcome, "answered"> | "slow" | "too many" | "error before" | "error after";

export interface TwilioApi extends HttpNeighbour {
  /** The faults of the next requests that send something, and of those that only read. */
  readonly faults: { readonly send: ApiFault[]; readonly read: ApiFault[] };
}

export interface TwilioApiOptions {
  readonly account: TwilioAccount;
  /** The URL to which the number's webhooks go, or null if there is none. */
  readonly base: string | null;
  readonly random: Random;
  readonly onMessage: (message: TwilioMessage) => void;
  readonly onCall: (call: TwilioCall, instructions: CallInstructions) => void;
  /** Runs when a request to send something is on its way. */
  readonly onPost: (form: URLSearchParams) => void;
  /** Runs when a request for the list of all messages is on its way. */
  readonly onPoll: () => void;
}

const ANSWERS: ReadonlySet<ApiFault> = new Set(["slow", "too many", "error before", "error after"]);
/** How late Twilio's lists show something at most, in milliseconds. */
const MOST_LAG_MS = 6_000;

/** Creates the part of Twilio's REST API that the app uses. */
export function createTwilioApi({ account, base, random, ...tell }: TwilioApiOptions): TwilioApi {
  const faults: TwilioApi["faults"] = { send: [], read: [] };
  const met = new WeakMap<HttpRequest, ApiFault>();

  function created(form: URLSearchParams) {
    const createdAt = account.now();
    return {
      direction: "outbound-api" as const,
      from: form.get("From") ?? "",
      to: form.get("To") ?? "",
      createdAt,
      listedAt: createdAt + between(random, 0, MOST_LAG_MS),
      statusCallback: form.get("StatusCallback") ?? "",
      status: "queued",
    };
  }

  function makeMessage(form: URLSearchParams): HttpAnswer {
    const message = { ...created(form), sid: account.newSid("SM"), body: form.get("Body") ?? "" };
    account.messages.push(message);
    tell.onMessage(message);
    return json(messageResource(message), 201);
  }

  function makeCall(form: URLSearchParams): HttpAnswer {
    const call = { ...created(form), sid: account.newSid("CA"), duration: null, ...NO_CONTROLS };
    account.calls.push(call);
    const timeoutMs = 1_000 * Number(form.get("Timeout") ?? 60);
    tell.onCall(call, { url: form.get("Url") ?? "", twiml: form.get("Twiml") ?? "", timeoutMs });
    return json(callResource(call), 201);
  }

  function listed<Item extends TwilioMessage | TwilioCall>(
    items: readonly Item[],
    to: string | null,
  ): Item[] {
    return items
      .filter((item) => item.listedAt <= account.now() && (to === null || item.to === to))
      .toReversed();
  }

  function changeCall(call: TwilioCall, form: URLSearchParams): HttpAnswer {
    const [url, twiml, status] = ["Url", "Twiml", "Status"].map((name) => form.get(name));
    const isRinging = call.status !== "in-progress" && call.duration === null;
    if (status === "canceled" && isRinging) call.end("canceled");
    if (status === "canceled") return json(callResource(call));
    if (status === "completed" && call.duration === null) call.end(isRinging ? "canceled" : "completed");
    if (status === "completed") return json(callResource(call));
    if (call.status !== "in-progress")
      return json({ code: 21220, message: "not in progress", status: 400 }, 400);
    if (url != null) call.redirect(url);
    if (twiml != null) call.interrupt(twiml);
    return json(callResource(call));
  }

  function act({ method, url, body }: HttpRequest): HttpAnswer {
    const [, list = "", sid] =
      /\/(Messages|Calls|IncomingPhoneNumbers)(?:\/(\w+))?\.json$/.exec(url.pathname) ?? [];
    const to = url.searchParams.get("To");
    const form = new URLSearchParams(body);
    if (method === "POST" && sid === undefined) {
      if (list === "Messages") return makeMessage(form);
      if (list === "Calls") return makeCall(form);
    }
    if (list === "IncomingPhoneNumbers") return page("incoming_phone_numbers", [numberResource(base)]);
    if (list === "Messages" && sid === undefined)
      return page("messages", listed(account.messages, to).map(messageResource));
    if (list === "Calls" && sid === undefined)
      return page("calls", listed(account.calls, to).map(callResource));
    const ofRelay = relayResources(url.pathname);
    if (ofRelay !== null) return json(ofRelay);
    const emptyList = /\/(Services|Senders)$/.exec(url.pathname)?.[1]?.toLowerCase();
    if (emptyList !== undefined)
      return json({ [emptyList]: [], meta: { key: emptyList, next_page_url: null } });
    const message = account.messages.find((one) => one.sid === sid);
    if (message !== undefined) return json(messageResource(message));
    const call = account.calls.find((one) => one.sid === sid);
    if (call !== undefined) return method === "POST" ? changeCall(call, form) : json(callResource(call));
    return json({ code: 20404, message: "not found", status: 404 }, 404);
  }

  return {
    faults,
    outcomeOf(request) {
      const isSend = request.method === "POST";
      const fault = faults[isSend ? "send" : "read"].shift();
      if (isSend && fault !== "refused" && fault !== "stalls") tell.onPost(new URLSearchParams(request.body));
      const { pathname, searchParams } = request.url;
      if (!isSend && pathname.endsWith("/Messages.json") && !searchParams.has("To")) tell.onPoll();
      const ms = fault === "slow" ? between(random, 2_000, 28_000) : between(random, 8, 400);
      if (fault === undefined) return { outcome: "answered", ms };
      met.set(request, fault);
      return { outcome: ANSWERS.has(fault) ? "answered" : (fault as Outcome), ms };
    },
    answer(request) {
      const fault = met.get(request);
      if (fault === "too many") return json({ code: 20429, message: "Too many requests", status: 429 }, 429);
      if (fault === "error before") return json({ code: 20500, message: "Internal error", status: 500 }, 500);
      // The app reads Twilio's clock from this header.
      const date = new Date(account.now()).toUTCString();
      const acted = act(request);
      const answer = { ...acted, headers: { ...acted.headers, date } };
      return fault === "error after"
        ? json({ code: 20503, message: "Unavailable", status: 503 }, 503)
        : answer;
    },
  };
}

function json(body: object, status = 200): HttpAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function page(name: string, items: readonly object[]): HttpAnswer {
  return json({
    [name]: items,
    first_page_uri: "",
    next_page_uri: null,
    page: 0,
    page_size: 50,
    start: 0,
    uri: "",
  });
}
