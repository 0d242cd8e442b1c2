import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

import { afterEach, expect, test, vi } from "vitest";

import { blockProcess } from "../../block-process.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { CERTIFICATE } from "../../sockets/localhost-certificate.ts";
import { startHttp, startHttps } from "../../sockets/start-server.ts";
import { createTestHttpClient } from "./create-test-http-client.ts";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

/** The highest number of connections to one host at the same time. */
const MOST_CONNECTIONS = 20;

afterEach(() => void vi.useRealTimers());

/** Answers with the received request. */
const mirror: RequestListener = (request, response) => {
  void mirrored(request).then((received) => response.end(JSON.stringify(received)));
};

async function mirrored(request: IncomingMessage) {
  const { method, url, headers } = request;
  return { method, url, headers, body: await text(request) };
}

test("a form that the app sends repeats a name for each value of an array, leaves out undefined, and encodes every character", async () => {
  await using server = await startHttp(mirror);
  const { body } = await createTestHttpClient().request({
    method: "post",
    uri: `http://127.0.0.1:${server.port}/Messages.json`,
    headers: FORM,
    data: {
      MediaUrl: ["a", "b"],
      Body: "1 + 1 = 2 & ü😀\n",
      From: undefined,
      None: [],
      Empty: null,
      Is: true,
      N: 1,
    },
  });
  const form =
    "MediaUrl=a&MediaUrl=b&Body=1%20%2B%201%20%3D%202%20%26%20%C3%BC%F0%9F%98%80%0A&Empty=&Is=true&N=1";
  expect(body).toMatchObject({
    method: "POST",
    url: "/Messages.json",
    body: form,
    headers: { "content-type": FORM["Content-Type"], "content-length": String(form.length) },
  });
});

test("the app sends the parameters of a GET in the query, and a body with the content type JSON as JSON", async () => {
  await using server = await startHttp(mirror);
  const uri = `http://127.0.0.1:${server.port}/Messages.json`;
  const http = createTestHttpClient();
  const params = { To: "+1 2", "DateSent>": "2026-01-02T00:00:00Z", PageSize: 50 };
  expect((await http.request({ method: "get", uri, params })).body).toMatchObject({
    method: "GET",
    url: "/Messages.json?To=%2B1%202&DateSent%3E=2026-01-02T00%3A00%3A00Z&PageSize=50",
    body: "",
  });
  const headers = { "Content-Type": "application/json" };
  expect((await http.request({ method: "put", uri, headers, data: { a: [1] } })).body).toMatchObject({
    method: "PUT",
    body: '{"a":[1]}',
  });
});

test("when the app reads the next page of a list, it sends the query in the page's URL unchanged", async () => {
  await using server = await startHttp(mirror);
  const uri = `http://127.0.0.1:${server.port}/Messages.json?PageToken=a%20b&Page=1`;
  expect((await createTestHttpClient().request({ method: "get", uri })).body).toMatchObject({
    url: "/Messages.json?PageToken=a%20b&Page=1",
  });
});

test("the app sends the account's ID and token as Basic authentication, with the headers of Twilio's client", async () => {
  await using server = await startHttp(mirror);
  const uri = `http://127.0.0.1:${server.port}/`;
  const headers = { "User-Agent": "twilio-node/6", Accept: "application/json" };
  const asked = { method: "get", uri, username: "AC1", password: "tökèn", headers };
  expect((await createTestHttpClient().request(asked)).body).toMatchObject({
    headers: {
      authorization: `Basic ${Buffer.from("AC1:tökèn").toString("base64")}`,
      "user-agent": "twilio-node/6",
      accept: "application/json",
      connection: "keep-alive",
    },
  });
});

test.each([
  [201, '{"sid":"SM1"}', { sid: "SM1" }],
  [200, "<html>", "<html>"],
  [404, '{"code":20404}', { code: 20404 }],
  [204, "", ""],
])(
  "an answer of HTTP %i with the body %o is returned with its status, and parsed if it is JSON",
  async (status, sent, body) => {
    await using server = await startHttp((_request, response) =>
      response.writeHead(status, { "Twilio-Request-Id": "RQ1" }).end(sent),
    );
    const uri = `http://127.0.0.1:${server.port}/`;
    expect(await createTestHttpClient().request({ method: "get", uri })).toMatchObject({
      statusCode: status,
      body,
      headers: { "twilio-request-id": "RQ1" },
    });
  },
);

test("a redirect from Twilio is returned and not followed", async () => {
  const asked: string[] = [];
  await using server = await startHttp((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(302, { Location: "/elsewhere" }).end();
  });
  const uri = `http://127.0.0.1:${server.port}/here`;
  expect(
    await createTestHttpClient().request({ method: "post", uri, headers: FORM, data: {} }),
  ).toMatchObject({
    statusCode: 302,
  });
  expect(asked).toEqual(["/here"]);
});

test.each([
  ["http", startHttp],
  ["https", startHttps],
] as const)(
  "over %s, the app reuses a connection to Twilio, and closes it after an idle time",
  async (scheme, start) => {
    await using server = await start(mirror);
    const uri = `${scheme}://127.0.0.1:${server.port}/`;
    const connecting = { ca: CERTIFICATE };
    const http = createTestHttpClient({ idleTimeoutMs: PATIENCE_MS, connecting });
    for (const data of [{ a: 1 }, { a: 2 }, { a: 3 }]) {
      const asked = { method: "post", uri, headers: FORM, data };
      expect((await http.request(asked)).body).toMatchObject({ body: `a=${data.a}` });
    }
    expect(server.connections()).toBe(1);
    await createTestHttpClient({ idleTimeoutMs: 20, connecting }).request({ method: "get", uri });
    expect(server.connections()).toBe(2);
    await vi.waitFor(() => expect(server.open()).toBe(1), { interval: 5 });
  },
);

test("if the app's process was blocked for longer than the idle time, the next request opens a new connection", async () => {
  await using server = await startHttp(mirror);
  const http = createTestHttpClient({ idleTimeoutMs: 20 });
  const asked = { method: "post", uri: `http://127.0.0.1:${server.port}/`, headers: FORM, data: { a: 1 } };
  await http.request(asked);
  await nextTurn();
  // While the process is blocked, such as by a slow disk, it cannot close an idle connection.
  blockProcess(40);
  await http.request(asked);
  expect(server.connections()).toBe(2);
});

test("if the app reads an answer later than the idle time, because its process was blocked, the next request opens a new connection", async () => {
  await using server = await startHttp((_request, response) => {
    response.end("{}");
    blockProcess(40);
  });
  const http = createTestHttpClient({ idleTimeoutMs: 20 });
  const asked = { method: "post", uri: `http://127.0.0.1:${server.port}/`, headers: FORM, data: { a: 1 } };
  await http.request(asked);
  await http.request(asked);
  expect(server.connections()).toBe(2);
});

test("a request that waits for a connection also gets a new one if the process was blocked for longer than the idle time", async () => {
  const waiting: ServerResponse[] = [];
  await using server = await startHttp((_request, response) => {
    if (waiting.push(response) < MOST_CONNECTIONS) return;
    for (const one of waiting.splice(0, waiting.length)) one.end("{}");
    blockProcess(40);
  });
  const http = createTestHttpClient({ idleTimeoutMs: 20 });
  const asked = { method: "post", uri: `http://127.0.0.1:${server.port}/`, headers: FORM, data: { a: 1 } };
  await Promise.all(Array.from({ length: 2 * MOST_CONNECTIONS }, () => http.request(asked)));
  expect(server.connections()).toBe(2 * MOST_CONNECTIONS);
});

test("the timeouts for connecting and for idle connections do not apply while the app waits for an answer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const asked = Promise.withResolvers<ServerResponse>();
  await using server = await startHttp((_request, response) => asked.resolve(response));
  const http = createTestHttpClient({ idleTimeoutMs: 50, connectTimeoutMs: 300, responseTimeoutMs: 5_000 });
  const answer = http.request({ method: "get", uri: `http://127.0.0.1:${server.port}/` });
  const response = await asked.promise;
  vi.advanceTimersByTime(4_000);
  // The test cannot advance the agent's own timer.
  await sleep(100);
  response.end("1");
  expect((await answer).body).toBe(1);
});

test("the app opens at most 20 connections to Twilio, and further requests wait for a free one", async () => {
  let most = 0;
  await using server = await startHttp((_request, response) => {
    most = Math.max(most, server.open());
    setImmediate(() => response.end("1"));
  });
  const http = createTestHttpClient();
  const uri = `http://127.0.0.1:${server.port}/`;
  const answers = await Promise.all(Array.from({ length: 100 }, () => http.request({ method: "get", uri })));
  expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 100 }, () => 1));
  expect(most).toBeLessThanOrEqual(20);
});
