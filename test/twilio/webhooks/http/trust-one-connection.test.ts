import { once } from "node:events";

import { Hono } from "hono";
import { expect, test } from "vitest";

import { listen } from "../../../../src/app/http/listen.ts";
import type { WebhookEnv } from "../../../../src/twilio/webhooks/http/read-request.ts";
import { createTrustOneConnection } from "../../../../src/twilio/webhooks/http/trust-one-connection.ts";
import { openTcp } from "../../../sockets/open-tcp.ts";

const MOST = 8;

test("if copies of one captured request occupy all connections, a new connection still gets an answer", async () => {
  const released = Promise.withResolvers<void>();
  const trustOneConnection = createTrustOneConnection();
  let held = 0;
  const app = new Hono<WebhookEnv>();
  app.get("/held", async (c) => {
    trustOneConnection(c, "the same signature");
    held += 1;
    await released.promise;
    return c.text("held");
  });
  app.get("/new", (c) => c.text("answered"));
  await using listener = await listen(app.fetch, { host: "127.0.0.1", port: 0, maxConnections: MOST });
  const ask = (path: string) => {
    const socket = openTcp(listener.port);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    return socket;
  };
  const copies = Array.from({ length: MOST }, () => ask("/held").resume());
  await expect.poll(() => held).toBe(MOST);
  const fresh = ask("/new");
  const answer = await Promise.race([once(fresh, "data"), once(fresh, "close")]);
  expect(String(answer[0])).toContain("answered");
  fresh.destroy();
  released.resolve();
  for (const socket of copies) socket.destroy();
});
