import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, expect, test } from "vitest";

import { HomeAssistantUnavailableError } from "../../../src/home-assistant/connection/errors.ts";
import { createRestClient } from "../../../src/home-assistant/connection/rest-client.ts";
import { PATIENCE_MS } from "../../patience.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

let undo = new AsyncDisposableStack();
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

const never = new AbortController().signal;

async function clientOf(listener: RequestListener, timeoutMs = PATIENCE_MS) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  undo.defer(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return createRestClient({
    ...SYSTEM_PARTS,
    url: `http://127.0.0.1:${port}/core`,
    token: "secret",
    timeoutMs,
  });
}

test("a REST request to Home Assistant has the base URL and the token, and its body and answer are JSON", async () => {
  const ask = await clientOf((request, response) => {
    const { method, url, headers } = request;
    response.writeHead(200, { "content-type": "application/json; charset=utf-8" });
    void request
      .toArray()
      .then(([body]) =>
        response.end(JSON.stringify({ method, url, token: headers.authorization, body: String(body) })),
      );
  });
  expect(await ask("POST", "states/x", { body: { a: "ä" }, signal: never })).toEqual({
    status: 200,
    body: { method: "POST", url: "/core/api/states/x", token: "Bearer secret", body: '{"a":"ä"}' },
  });
});

test.each([400, 401, 404, 500])(
  "a REST answer with HTTP %i counts as an answer of Home Assistant",
  async (status) => {
    const ask = await clientOf((_request, response) => response.writeHead(status).end("no"));
    expect(await ask("GET", "x", { signal: never })).toEqual({ status, body: "no" });
  },
);

test.each<[string, RequestListener, number]>([
  ["Supervisor's 502 while Core starts", (_request, response) => response.writeHead(502).end(), PATIENCE_MS],
  ["silence", () => {}, 50],
  ["a lost connection", (request) => request.socket.destroy(), PATIENCE_MS],
  ["an incomplete answer", (_request, response) => void response.writeHead(200).write("{"), 50],
  [
    "invalid JSON",
    (_request, response) => response.writeHead(200, { "content-type": "application/json" }).end("{"),
    PATIENCE_MS,
  ],
])("after a REST request, %s means that Home Assistant is away", async (_what, listener, timeoutMs) => {
  const ask = await clientOf(listener, timeoutMs);
  await expect(ask("GET", "x", { signal: never })).rejects.toThrow(HomeAssistantUnavailableError);
});

test("a REST request ends as soon as the app aborts it", async () => {
  const ask = await clientOf(() => {}, PATIENCE_MS);
  const unwanted = new AbortController();
  const asked = ask("GET", "x", { signal: unwanted.signal });
  unwanted.abort();
  await expect(asked).rejects.toThrow(HomeAssistantUnavailableError);
});
