import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { openRelayNote } from "../../src/inbound/relay/relay-note.ts";
import { loadFunction } from "../twilio-simulator/functions/twilio-function.ts";
import type { FunctionResponse } from "../twilio-simulator/functions/twilio-function.ts";
import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import type { SignedParameters } from "../twilio-simulator/webhooks/sign-webhook.ts";
import { RELAY_SOURCE } from "./relay-source.ts";
import { createVirtualMachine } from "./virtual-machine.ts";
import type { MadeRequest, Network } from "./virtual-machine.ts";

const DOMAIN = "home-assistant-1234.twil.io";
const HOUSE = "https://hooks.example/abc";
const ANSWERS = "https://sync.example/Documents";
const TOKEN = "0123456789abcdef".repeat(2);
const KEY = randomBytes(32).toString("base64");
const AWAY = "<Response><Say>Nobody is there.</Say></Response>";
const VARIABLES = {
  ACCOUNT_SID: `AC${"1".repeat(32)}`,
  AUTH_TOKEN: TOKEN,
  DOMAIN_NAME: DOMAIN,
  HOUSE_URL: HOUSE,
  ANSWERS_URL: ANSWERS,
  KEY,
  AWAY,
};
const CALL = { CallSid: `CA${"2".repeat(32)}`, CallStatus: "ringing", From: "+12125550123" };
const MESSAGE = { MessageSid: `SM${"3".repeat(32)}`, Body: "Hello", From: "+12125550123" };

interface Asked {
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly params: SignedParameters;
  /** A signature to send in place of the valid one. */
  readonly signature?: string;
}

/** Calls the Function as Twilio does. `network` answers the Function's requests. */
async function ask(network: Network, { path = "/webhook", query = {}, params, signature }: Asked) {
  const virtual = createVirtualMachine(network);
  const search = new URLSearchParams(query).toString();
  const url = `https://${DOMAIN}${path}${search === "" ? "" : `?${search}`}`;
  const headers = { "x-twilio-signature": signature ?? signWebhook(TOKEN, url, params) };
  const call = loadFunction(RELAY_SOURCE, virtual.machine);
  const event = { request: { headers, cookies: {} }, ...query, ...params };
  const answer = await virtual.run(call({ PATH: path, ...VARIABLES }, event));
  return { answer, elapsed: virtual.elapsed(), requests: virtual.requests, pending: virtual.pending() };
}

const posts = (requests: readonly MadeRequest[]) => requests.filter(({ method }) => method === "POST");
const reads = (requests: readonly MadeRequest[]) =>
  requests.filter(({ url }) => url.startsWith(ANSWERS) && !url.endsWith("/present"));
const typeOf = ({ headers }: FunctionResponse) => headers["Content-Type"];
const missing = () => new Response("", { status: 404 });
const given = (status: number, type: string | null, body: string) =>
  Response.json({ data: { status, type, body } });

/**
 * A network in which the app receives each post, and its answer is available `after` milliseconds after the request.
 */
function answering(after: number, answer: () => Response): Network {
  return ({ method, at }) => {
    if (method === "POST") return new Response("");
    return at >= after ? answer() : missing();
  };
}

test("the relay's Function returns the app's own answer to Twilio", async () => {
  const { answer, elapsed } = await ask(
    answering(0, () => given(200, "text/xml", "<Response/>")),
    { params: CALL },
  );
  expect(answer).toMatchObject({ statusCode: 200, body: "<Response/>" });
  expect(typeOf(answer)).toBe("text/xml");
  expect(elapsed).toBe(100);
});

test("the relay's Function passes on what Twilio sent and signed, encrypted so that only the app can read it", async () => {
  const params = { ...MESSAGE, Repeated: ["a", "b"], Odd: 'quotes " and 😀' };
  const { requests } = await ask(
    answering(0, () => given(204, null, "")),
    { path: "/status/call", query: { ref: "12-ab" }, params },
  );
  const [post] = posts(requests);
  const body = post?.body ?? "";
  expect(post?.url).toBe(HOUSE);
  expect(body).not.toContain("Hello");
  const note = openRelayNote(JSON.parse(body), KEY);
  expect(note).toMatchObject({ path: "/status/call", query: "?ref=12-ab", parameters: params });
  expect((note?.until ?? 0) - (note?.at ?? 0)).toBe(8_000);
  expect(note?.signature).toBe(signWebhook(TOKEN, `https://${DOMAIN}/status/call?ref=12-ab`, params));
});

test("the relay's Function ends every request within 8.6 s if neither Home Assistant nor Twilio Sync answers", async () => {
  const { answer, elapsed, requests, pending } = await ask(() => null, { params: CALL });
  expect(answer).toMatchObject({ statusCode: 200, body: AWAY });
  expect(elapsed).toBeLessThanOrEqual(8_600);
  expect(requests.every(({ abortedAt }) => abortedAt !== null && abortedAt <= 8_600)).toBe(true);
  expect(pending).toBe(0);
});

test("the relay's Function posts a webhook again at least every 1.5 s, even if earlier posts got no answer", async () => {
  const { requests } = await ask(() => null, { params: CALL });
  const sent = posts(requests);
  const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1_500);
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
});

test("the relay's Function posts a webhook again soon if Home Assistant cannot be reached", async () => {
  const { requests } = await ask(({ method }) => (method === "POST" ? "refused" : missing()), {
    params: CALL,
  });
  expect(posts(requests).map(({ at }) => at)).toEqual(Array.from({ length: 16 }, (_, index) => index * 500));
});

test("the relay's Function looks for the app's answer after 100, 250 and 500 ms, and then every 700 ms", async () => {
  const { requests } = await ask(answering(Infinity, missing), { params: MESSAGE });
  expect(reads(requests).map(({ at }) => at)).toEqual([
    100, 250, 500, 1_200, 1_900, 2_600, 3_300, 4_000, 4_700, 5_400, 6_100, 6_800, 7_500,
  ]);
});

test("the relay's Function makes Twilio retry a message for which the app gives no answer", async () => {
  const { answer } = await ask(answering(Infinity, missing), { params: MESSAGE });
  expect(answer.statusCode).toBe(503);
});

test("the relay's Function rejects calls, which costs nothing, if the app has been away for a day", async () => {
  const { answer } = await ask(answering(Infinity, missing), { params: CALL });
  expect(answer).toMatchObject({ statusCode: 200 });
  expect(answer.body).toContain("<Reject/>");
});

test("the relay's Function says a sentence to callers if the app was running within the last day but gives no answer", async () => {
  const isThere: Network = ({ url, method }) =>
    method === "POST" || url.endsWith("/present") ? Response.json({ data: {} }) : missing();
  const { answer } = await ask(isThere, { path: "/talk", query: { s: "abc" }, params: CALL });
  expect(answer).toMatchObject({ statusCode: 200, body: AWAY });
});

test("the relay's Function answers a message's status callback as soon as Home Assistant has accepted the callback once", async () => {
  const { answer, elapsed, requests } = await ask(
    ({ at }) => (at < 500 ? new Response("", { status: 502 }) : new Response("")),
    { path: "/status/message", query: { ref: "1" }, params: { ...MESSAGE, MessageStatus: "sent" } },
  );
  expect(answer.statusCode).toBe(204);
  expect(elapsed).toBe(500);
  expect(reads(requests)).toEqual([]);
});

const REFUSED: readonly [title: string, asked: Asked, status: number][] = [
  ["a wrong signature", { params: CALL, signature: Buffer.alloc(20).toString("base64") }, 403],
  ["a signature of another length", { params: CALL, signature: "abc" }, 403],
  ["a path that the app does not have", { path: "/other", params: CALL }, 400],
  ["a parameter of another path", { path: "/webhook", query: { s: "abc" }, params: CALL }, 403],
  ["a parameter that can be written in two ways", { path: "/talk", query: { s: "a b" }, params: CALL }, 400],
];
test.for(REFUSED)(
  "the relay's Function sends no request for a webhook with %s",
  async ([, asked, status]) => {
    const { answer, requests } = await ask(() => null, asked);
    expect(answer.statusCode).toBe(status);
    expect(requests).toEqual([]);
  },
);

test("the relay's Function sends its Twilio credentials only to Twilio Sync", async () => {
  const { requests } = await ask(answering(Infinity, missing), { params: CALL });
  for (const { url, headers } of requests)
    expect(headers.has("authorization"), url).toBe(url.startsWith(ANSWERS));
});
