import { afterEach, expect, test } from "vitest";

import { listen } from "../../../src/app/http/listen.ts";
import type { Listener } from "../../../src/domain/transport.ts";

let listener: Listener | null = null;
afterEach(async () => {
  await listener?.[Symbol.asyncDispose]();
  listener = null;
});

async function ask(path: string, method = "GET", status = 200): Promise<Response> {
  listener = await listen(() => new Response("handler"), {
    host: "127.0.0.1",
    port: 0,
    health: {
      paths: new Set(["/health", "/twilio/health"]),
      answer: () => Promise.resolve({ status, body: { status: "ö" } }),
    },
  });
  return await fetch(`http://127.0.0.1:${listener.port}${path}`, {
    method,
    headers: { connection: "close" },
  });
}

test.each(["/health", "/twilio/health", "/health?a=1"])(
  "GET %s gets the answer of the health check",
  async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ö" });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
  },
);

test("a HEAD request to the health check gets its status without a body", async () => {
  const response = await ask("/health", "HEAD", 503);
  expect([response.status, await response.text()]).toEqual([503, ""]);
});

test.each([
  ["POST", "/health"],
  ["GET", "/health/"],
  ["GET", "/webhook"],
])("%s %s does not get the answer of the health check", async (method, path) => {
  expect(await (await ask(path, method)).text()).toBe("handler");
});
