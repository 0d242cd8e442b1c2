import * as crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Random } from "../../random.ts";
import { loadFunction } from "../../twilio-simulator/functions/twilio-function.ts";
import type { FunctionMachine } from "../../twilio-simulator/functions/twilio-function.ts";
import { between } from "../machine/random-streams.ts";
import type { Scheduler } from "../machine/scheduler.ts";
import type { AppAnswer, HttpNeighbour } from "../network/messages.ts";
import type { HomeAssistant } from "./home-assistant.ts";
import { createRelayAnswers } from "./relay-answers.ts";
import { ACCOUNT_SID, AUTH_TOKEN, OURS, RELAY_URL } from "./twilio-account.ts";

/**
 * The fault of one request of the relay to Home Assistant's webhook. With `too late`, it arrives after the relay has
 * given up.
 */
export type RelayFault = "lost" | "answer lost" | "slow" | "too late" | "hangs";

/**
 * A forged post by somebody who knows the webhook's URL. `repeated` is an earlier webhook, and `re-stamped` one with a
 * new time. `unsigned` is from somebody who knows the key, too, but not Twilio's secret.
 */
export type Forgery = "nonsense" | "other key" | "repeated" | "re-stamped" | "unsigned";

/** Twilio's Function that passes webhooks on to Home Assistant, and the Sync documents with the app's answers. */
export interface Relay {
  /** The faults of the next posts. */
  readonly faults: RelayFault[];
  /** The Sync API, for the app. */
  readonly answers: HttpNeighbour;
  /** The Function itself, for the self-test of the app. */
  readonly address: HttpNeighbour;
  handle(
    target: string,
    headers: Readonly<Record<string, string>>,
    parameters: Readonly<Record<string, string>>,
  ): Promise<AppAnswer>;
  forge(forgery: Forgery): void;
}

export interface RelayOptions {
  readonly home: Pick<HomeAssistant, "postToWebhook">;
  /**
   * Runs each time when a webhook about a message or call reaches the app through the relay. `overdueMs` is the time
   * since the relay gave up its request. It is negative if the webhook came in time.
   */
  readonly onNoted: (sid: string, overdueMs: number) => void;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** The time of Twilio's clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Runs if a request of Twilio was not answered in time. */
  readonly onOverdue: (path: string) => void;
}

/** The public address of Home Assistant. */
export const HOUSE = "https://house.example";
const SOURCE = readFileSync(join(import.meta.dirname, "../../../addon/relay/relay.js"), "utf8");
const KEY = Buffer.alloc(32, 7).toString("base64");
const OTHER_KEY = Buffer.alloc(32, 8).toString("base64");
const WEBHOOK_ID = "0123456789abcdef".repeat(4);
const HOUSE_URL = `${HOUSE}/api/webhook/${WEBHOOK_ID}`;
const ANSWERS_SID = `IS${"0".repeat(32)}`;
const ANSWERS_URL = `https://sync.twilio.com/v1/Services/${ANSWERS_SID}/Documents`;
/** The TwiML that a caller hears if the app gives no answer. */
export const AWAY_TWIML = "<Response><Say>away</Say></Response>";
/** The longest time that a Function may take, in milliseconds. */
const MOST_MS = 8_600;

/** The record of this relay in the app's journal. */
export const RELAY_RECORD = {
  key: KEY,
  webhookId: WEBHOOK_ID,
  name: null,
  deployed: {
    service: `ZS${"0".repeat(32)}`,
    environment: `ZE${"0".repeat(32)}`,
    answers: ANSWERS_SID,
    domain: new URL(RELAY_URL).hostname,
    houseUrl: HOUSE_URL,
    begunHouseUrls: [],
  },
};

/** The app's own webhook id of this installation, from which the relay's owner follows. */
export const INSTALLATION = "fedcba9876543210".repeat(4);

const hash = (text: string): string => crypto.createHash("sha256").update(text).digest("hex");

/** The lists of the Serverless API that the app reads to check the relay, by the end of their paths. */
export function relayResources(path: string): object | null {
  const { service, environment, domain, houseUrl } = RELAY_RECORD.deployed;
  const [key, items] =
    path === `/v1/Services/${service}/Environments`
      ? [
          "environments",
          [{ sid: environment, unique_name: "house", domain_name: domain, build_sid: `ZB${"0".repeat(32)}` }],
        ]
      : path === `/v1/Services/${service}/Environments/${environment}/Variables`
        ? [
            "variables",
            Object.entries({
              OWNER: hash(`owner of the relay ${INSTALLATION}`).slice(0, 16),
              HOUSE_URL: houseUrl,
              SOURCE: hash(SOURCE),
            }).map(([name, value], index) => ({ sid: `ZV${index}`, key: name, value })),
          ]
        : ["", null];
  return items === null ? null : { [key]: items, meta: { key, next_page_url: null } };
}

/** The options that the Function passes to `fetch`. */
interface FetchOptions {
  readonly body?: string;
  readonly signal?: AbortSignal;
}

interface Note {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly at: number;
  readonly until: number;
}

/** Runs the relay's Function of the app on virtual time. */
export function createRelay({ home, onNoted, scheduler, random, now, onOverdue }: RelayOptions): Relay {
  const faults: RelayFault[] = [];
  const answers = createRelayAnswers(random);
  /** The posted webhooks, and the message or call of each. */
  const notes = new Map<string, { readonly note: Note; readonly sid: string }>();
  const ownTime = (): number => scheduler.elapsed() - scheduler.blockedMs();
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => scheduler.after(ms, resolve));
  const bytes = (count: number): Buffer =>
    Buffer.from(Array.from({ length: count }, () => random.below(256)));

  function postToHouse(note: Note, sid: string): boolean {
    return home.postToWebhook(WEBHOOK_ID, note, () => onNoted(sid, now() - note.until));
  }

  function onTheWayMs(fault: RelayFault | undefined): number {
    if (fault === "slow") return between(random, 1_000, 14_000);
    return fault === "too late" ? between(random, 10_000, 20_000) : between(random, 20, 200);
  }

  async function post(sid: string, body: string): Promise<{ readonly ok: boolean }> {
    const fault = faults.shift();
    await sleep(onTheWayMs(fault));
    if (fault === "hangs") return await new Promise(() => {});
    const note = JSON.parse(body) as Note;
    notes.set(note.id, { note, sid });
    if (fault === "lost" || !postToHouse(note, sid)) throw new TypeError("fetch failed");
    await sleep(between(random, 20, 200));
    if (fault === "answer lost") throw new TypeError("fetch failed");
    return { ok: true };
  }

  async function read(url: string): Promise<{ readonly status: number; readonly json: () => unknown }> {
    await sleep(between(random, 20, 150));
    const data = answers.find(url.slice(ANSWERS_URL.length + 1));
    return { status: data === null ? 404 : 200, json: () => Promise.resolve({ data }) };
  }

  /** A request that the Function has aborted is never answered. */
  function fetch(sid: string, input: string, options: FetchOptions = {}): Promise<unknown> {
    const given = options.body === undefined ? read(input) : post(sid, options.body);
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      given.then(resolve, reject);
    });
  }

  const machine = {
    setTimeout: (run: () => void, ms: number) => scheduler.after(ms, run),
    clearTimeout: (callOff: () => void) => callOff(),
    Date: { now: () => Math.floor(now()) },
  };
  const deterministic = {
    ...crypto,
    randomBytes: bytes,
    randomUUID() {
      const hex = bytes(16).toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
  const context = {
    ACCOUNT_SID,
    AUTH_TOKEN,
    DOMAIN_NAME: new URL(RELAY_URL).hostname,
    KEY,
    HOUSE_URL,
    ANSWERS_URL,
    AWAY: AWAY_TWIML,
  };

  const relay: Relay = {
    faults,
    answers,
    address: {
      outcomeOf: () => ({ outcome: "answered", ms: between(random, 20, 200) }),
      async answer({ url, headers, body }) {
        const parameters = Object.fromEntries(new URLSearchParams(body));
        const answer = await relay.handle(url.pathname + url.search, headers, parameters);
        return typeof answer === "object" ? answer : { status: 502, body: "" };
      },
    },
    async handle(target, headers, parameters) {
      const { pathname: PATH, searchParams } = new URL(target, RELAY_URL);
      const startedAt = ownTime();
      const sid = parameters["CallSid"] ?? parameters["MessageSid"] ?? "";
      const own = { ...machine, fetch: (input: string, init?: FetchOptions) => fetch(sid, input, init) };
      const run = loadFunction(SOURCE, own as unknown as FunctionMachine, () => deterministic);
      const event = { ...Object.fromEntries(searchParams), ...parameters, request: { headers } };
      const { statusCode: status, body } = await run({ ...context, PATH }, event);
      if (ownTime() - startedAt > MOST_MS) onOverdue(PATH);
      return { status, body: typeof body === "string" ? body : "" };
    },
    forge(forgery) {
      const earlier = notes.size === 0 ? undefined : random.pick([...notes.values()]);
      if (forgery === "repeated" && earlier !== undefined) return void postToHouse(earlier.note, earlier.sid);
      const forged = forge(forgery, earlier?.note, Math.floor(now()));
      if (forged !== undefined) home.postToWebhook(WEBHOOK_ID, forged, () => {});
    },
  };
  return relay;

  function forge(forgery: Forgery, note: Note | undefined, at: number): unknown {
    switch (forgery) {
      case "nonsense":
        return random.pick([
          null,
          "x",
          [],
          { v: 1 },
          { v: 1, id: "x", at, until: at, path: "/webhook", box: "" },
        ]);
      case "other key":
        return note && { ...note, id: deterministic.randomUUID(), box: sealed(note, OTHER_KEY, {}) };
      case "unsigned": {
        const head = { v: 1, id: deterministic.randomUUID(), at, until: at + 8_000, path: "/webhook" };
        const params = {
          AccountSid: ACCOUNT_SID,
          MessageSid: `SM${"f".repeat(32)}`,
          Body: "forged",
          From: OURS,
        };
        return { ...head, box: sealed(head, KEY, { query: "", signature: "AAAA", params }) };
      }
      case "repeated":
        return note;
      case "re-stamped":
        return note && { ...note, id: deterministic.randomUUID(), at, until: at + 8_000 };
    }
  }

  function sealed(note: Note, key: string, request: object): string {
    const nonce = bytes(12);
    const cipher = crypto.createCipheriv("aes-256-gcm", Buffer.from(key, "base64"), nonce);
    cipher.setAAD(Buffer.from(JSON.stringify([note["v"], note["id"], note.at, note.until, note["path"]])));
    const box = Buffer.concat([cipher.update(JSON.stringify(request), "utf8"), cipher.final()]);
    return Buffer.concat([nonce, box, cipher.getAuthTag()]).toString("base64");
  }
}
