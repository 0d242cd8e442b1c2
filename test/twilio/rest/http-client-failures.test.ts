import { once } from "node:events";
import { inspect } from "node:util";

import { afterEach, describe, expect, test, vi } from "vitest";

import { TwilioConnectionLostError, TwilioUnreachableError } from "../../../src/twilio/rest/errors.ts";
import { CERTIFICATE } from "../../sockets/localhost-certificate.ts";
import { startHttp, startHttps, startTcp } from "../../sockets/start-server.ts";
import { createTestHttpClient } from "./create-test-http-client.ts";
import type { TestHttpClientOptions } from "./create-test-http-client.ts";

const TOKEN = "fedcba9876543210fedcba9876543210";
const BASIC = Buffer.from(`AC1:${TOKEN}`).toString("base64");

afterEach(() => void vi.useRealTimers());

/** Sends a form and returns the error. Checks that the error contains nothing secret. */
async function failure(uri: string, options: TestHttpClientOptions = {}): Promise<unknown> {
  const error: unknown = await createTestHttpClient(options)
    .request({
      method: "post",
      uri,
      username: "AC1",
      password: TOKEN,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      data: { To: "+12125550123", Body: "secret words" },
    })
    .then(
      (answer) => expect.unreachable(`answered with ${answer.statusCode}`),
      (thrown: unknown) => thrown,
    );
  const printed = [
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true }),
    String(error),
  ].join();
  for (const secret of [TOKEN, BASIC, "Basic", "12125550123", "secret words", "secret%20words"])
    expect(printed).not.toContain(secret);
  return error;
}

async function unusedPort(): Promise<number> {
  await using server = await startTcp(() => {});
  return server.port;
}

describe("a request to Twilio counts as not sent", () => {
  const unreachable = (reason: string | RegExp): unknown =>
    expect.objectContaining({
      name: "TwilioUnreachableError",
      reason: expect.stringMatching(reason),
      message: expect.stringMatching(/^Twilio cannot be reached \(.+\)$/),
    });

  test("if the port is closed", async () => {
    expect(await failure(`http://127.0.0.1:${await unusedPort()}/`)).toEqual(unreachable(/^ECONNREFUSED$/));
    expect(await failure(`https://127.0.0.1:${await unusedPort()}/`)).toEqual(unreachable(/^ECONNREFUSED$/));
  });

  test("if the host name is not found", async () => {
    expect(await failure("https://nothing.invalid/")).toEqual(unreachable(/^(ENOTFOUND|EAI_AGAIN)$/));
  });

  test("if the connection takes too long", async () => {
    const lookup = (): void => {};
    const options = { connectTimeoutMs: 50, connecting: { lookup } };
    expect(await failure("http://twilio.example/", options)).toEqual(
      unreachable("no connection within 0.05 s"),
    );
  });

  test("if TLS takes too long", async () => {
    await using server = await startTcp(() => {});
    expect(await failure(`https://127.0.0.1:${server.port}/`, { connectTimeoutMs: 100 })).toEqual(
      unreachable("no connection within 0.1 s"),
    );
  });

  test("if all connections stay in use", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const all = Promise.withResolvers<void>();
    let asked = 0;
    const count = (): void => ((asked += 1) === 20 ? all.resolve() : undefined);
    await using server = await startTcp((socket) => socket.once("data", count));
    const http = createTestHttpClient({ connectTimeoutMs: 300, responseTimeoutMs: 600 });
    const uri = `http://127.0.0.1:${server.port}/`;
    const ended = Promise.allSettled(Array.from({ length: 21 }, () => http.request({ method: "get", uri })));
    await all.promise;
    vi.advanceTimersByTime(600);
    const outcomes = await ended;
    const errors = outcomes.map(
      (outcome) => (outcome.status === "rejected" ? outcome.reason : null) as unknown,
    );
    expect(errors.filter((error) => error instanceof TwilioConnectionLostError)).toHaveLength(20);
    expect(errors.filter((error) => error instanceof TwilioUnreachableError)).toHaveLength(1);
  });

  test.each([
    ["closes", "end"],
    ["resets", "resetAndDestroy"],
  ] as const)("if Twilio's side %s during the TLS handshake", async (_what, end) => {
    await using server = await startTcp((socket) => socket.once("data", () => socket[end]()));
    expect(await failure(`https://127.0.0.1:${server.port}/`)).toEqual(unreachable(/^ECONNRESET$/));
  });

  test("if Twilio's side does not speak TLS", async () => {
    await using server = await startHttp(() => expect.unreachable());
    expect(await failure(`https://127.0.0.1:${server.port}/`)).toEqual(unreachable(/^(ERR_SSL_|EPROTO)/));
  });

  test("if the certificate is not trusted, and then the server receives nothing", async () => {
    let asked = 0;
    await using server = await startHttps(() => (asked += 1));
    expect(await failure(`https://127.0.0.1:${server.port}/`)).toEqual(
      unreachable(/^DEPTH_ZERO_SELF_SIGNED_CERT$/),
    );
    expect(asked).toBe(0);
  });

  test("if the certificate is for another host", async () => {
    await using server = await startHttps(() => expect.unreachable());
    const lookup: NonNullable<TestHttpClientOptions["connecting"]>["lookup"] = (_name, { all }, found) =>
      all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);
    const options = { connecting: { ca: CERTIFICATE, lookup } };
    expect(await failure(`https://twilio.example:${server.port}/`, options)).toEqual(
      unreachable(/^ERR_TLS_CERT_ALTNAME_INVALID$/),
    );
  });
});

describe("a request to Twilio counts as possibly carried out", () => {
  const lost = (reason: string | RegExp): unknown =>
    expect.objectContaining({
      name: "TwilioConnectionLostError",
      reason: expect.stringMatching(reason),
      message: expect.stringMatching(/^The connection to Twilio was lost \(.+\)$/),
    });

  test.each([
    ["http", startHttp],
    ["https", startHttps],
  ] as const)("if the connection is reset after a request over %s was read", async (scheme, start) => {
    await using server = await start(
      (request) => void once(request.resume(), "end").then(() => request.socket.destroy()),
    );
    expect(
      await failure(`${scheme}://127.0.0.1:${server.port}/`, { connecting: { ca: CERTIFICATE } }),
    ).toEqual(lost(/^ECONNRESET$/));
  });

  test("if a reused connection is closed", async () => {
    let asked = 0;
    await using server = await startHttp((request, response) => {
      asked += 1;
      if (asked === 1) response.end("1");
      else request.socket.destroy();
    });
    const http = createTestHttpClient();
    const asking = { method: "get", uri: `http://127.0.0.1:${server.port}/` };
    await http.request(asking);
    await expect(http.request(asking)).rejects.toEqual(lost(/^ECONNRESET$/));
    expect(server.connections()).toBe(1);
  });

  test("if there is no answer in time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await using server = await startHttp(() => void vi.advanceTimersByTime(100));
    expect(await failure(`http://127.0.0.1:${server.port}/`, { responseTimeoutMs: 100 })).toEqual(
      lost("no answer within 0.1 s"),
    );
  });

  test("if the answer never ends", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await using server = await startHttp((_request, response) => {
      response.writeHead(201).write("{", () => void vi.advanceTimersByTime(100));
    });
    expect(await failure(`http://127.0.0.1:${server.port}/`, { responseTimeoutMs: 100 })).toEqual(
      lost("no answer within 0.1 s"),
    );
  });

  test("if the answer is incomplete", async () => {
    await using server = await startHttp((request, response) => {
      response.writeHead(201, { "Content-Length": 100 });
      response.write("{", () => request.socket.destroy());
    });
    expect(await failure(`http://127.0.0.1:${server.port}/`)).toEqual(lost(/^ECONNRESET$/));
  });

  test("if the answer is not HTTP", async () => {
    await using server = await startTcp((socket) =>
      socket.once("data", () => socket.end(`Basic ${BASIC}\r\n\r\n`)),
    );
    expect(await failure(`http://127.0.0.1:${server.port}/`)).toEqual(lost(/^HPE_/));
    await using other = await startTcp((socket) =>
      socket.once("data", () =>
        socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
      ),
    );
    expect(await failure(`http://127.0.0.1:${other.port}/`)).toEqual(lost("no answer"));
  });

  test.each([
    ["says so at once", { "Content-Length": 17 * 1024 * 1024 }],
    ["does not say so", {}],
  ])("if the answer is too long and %s", async (_what, headers) => {
    await using server = await startHttp((_request, response) => {
      response.writeHead(201, headers);
      response.end(Buffer.alloc(17 * 1024 * 1024, " "));
    });
    expect(await failure(`http://127.0.0.1:${server.port}/`)).toEqual(lost("its answer is too long"));
  });
});

test("the error for HTTP 429 contains Twilio's code, message and link and the wait that Twilio requests, but no secret", async () => {
  await using server = await startHttp((_request, response) =>
    response
      .writeHead(429, { "Retry-After": "7" })
      .end('{"code":20429,"message":"Too many requests","more_info":"https://twilio.example/20429"}'),
  );
  expect(await failure(`http://127.0.0.1:${server.port}/`)).toMatchObject({
    status: 429,
    code: 20429,
    message: "Too many requests",
    moreInfo: "https://twilio.example/20429",
    retryAfterMs: 7_000,
  });
});

test("a stopping app aborts its GET requests to Twilio, and waits for the answers to its POST requests", async () => {
  const answers = Promise.withResolvers<void>();
  const asked: string[] = [];
  await using server = await startHttp((request, response) => {
    asked.push(request.method ?? "");
    void answers.promise.then(() => response.end("{}"));
  });
  const stopping = new AbortController();
  const client = createTestHttpClient({ stopping: stopping.signal });
  const uri = `http://127.0.0.1:${server.port}/`;
  const read = client.request({ method: "get", uri });
  const sent = client.request({ method: "post", uri });
  await vi.waitFor(() => expect(asked.toSorted()).toEqual(["GET", "POST"]));
  stopping.abort();
  await expect(read).rejects.toThrow("the app is stopping");
  answers.resolve();
  expect((await sent).statusCode).toBe(200);
});
