import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, expect, test } from "vitest";

import { startHttp } from "../sockets/start-server.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let undo = new AsyncDisposableStack();
let supervisor: Supervisor;
let received: Received[];
let state: string;
beforeEach(async () => {
  received = [];
  state = "RUNNING";
  const core = undo.use(await startHttp((request, response) => void serve(request, response)));
  const url = `http://127.0.0.1:${core.port}`;
  supervisor = undo.use(await startSupervisor({ core: { url, token: "supervisor-in-core" } }));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === "/api/core/state") return void response.end(JSON.stringify({ state }));
  const { method, url, headers } = request;
  received.push({ method, url, headers, body: await text(request) });
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.setHeader("etag", "abc");
  response.writeHead(url === "/api/missing" ? 404 : 200).end('{"a": 1}');
}

interface Init {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const ask = (path: string, init: Init = {}): Promise<Response> =>
  fetch(supervisor.url + path, {
    ...init,
    headers: { authorization: `Bearer ${supervisor.token}`, ...init.headers },
  });

test("Supervisor passes the app's request on to Core with its own token and only a few of the app's headers", async () => {
  const headers = {
    accept: "image/*",
    "content-type": "application/json",
    "if-none-match": "abc",
    range: "bytes=0-1",
    cookie: "a=b",
    "x-own": "1",
  };
  const answer = await ask("/api/states/script.a?x=a%20b", { method: "POST", body: '{"b": 2}', headers });
  expect(received).toMatchObject([{ method: "POST", url: "/api/states/script.a?x=a%20b", body: '{"b": 2}' }]);
  expect(received[0]?.headers).toMatchObject({
    accept: "image/*",
    "content-type": "application/json",
    authorization: "Bearer supervisor-in-core",
  });
  for (const name of ["if-none-match", "range", "cookie", "x-own"])
    expect(received[0]?.headers).not.toHaveProperty(name);
  expect(await answer.json()).toEqual({ a: 1 });
});

test("Supervisor passes Core's answer on with its status, its type without parameters and its Cache-Control", async () => {
  const answer = await ask("/api/missing");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("etag")).toBeNull();
});

test.each(["PUT", "PATCH"])("Supervisor's proxy refuses the method %s", async (method) => {
  expect((await ask("/api/config", { method, body: "{}" })).status).toBe(405);
  expect(received).toEqual([]);
});

test("Supervisor passes on the DELETE of a script", async () => {
  expect((await ask("/api/config/script/config/a", { method: "DELETE" })).status).toBe(200);
});

test("Supervisor answers a wrong token and the token of an earlier start with 401", async () => {
  const old = supervisor.token;
  supervisor.renewToken();
  for (const token of [old, "wrong", ""]) {
    const answer = await ask("/api/config", { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
  }
});

test.each(["/api/hassio/addons", "/api/hassio_auth"])(
  "Supervisor forbids the app the path %s",
  async (path) => {
    expect((await ask(path)).status).toBe(403);
  },
);

test.each([
  "/api/a/%2e%2e%252fb",
  "/api/a?x=<script>alert(1)</script>",
  "/api/a?q=union%20select%20f(",
  "/api/a?q=concat(1)",
  "/api/proc/self/environ",
])("Supervisor answers %s with 400, because it looks like an attack", async (path) => {
  expect((await ask(path)).status).toBe(400);
  expect(received).toEqual([]);
});

test("Supervisor answers requests to Core with 502 until Core runs", async () => {
  state = "STARTING";
  expect((await ask("/api/config")).status).toBe(502);
});

test("Supervisor answers the app's requests with 400 while it starts", async () => {
  supervisor.state = "initialize";
  const answer = await ask("/api/config");
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ result: "error" });
});

test("the app has no access to Supervisor's own API except to the proxy", async () => {
  const { origin } = new URL(supervisor.url);
  expect((await fetch(`${origin}/supervisor/info`)).status).toBe(403);
});
