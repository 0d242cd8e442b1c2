import { once } from "node:events";

import { expect, test } from "vitest";
import { WebSocket } from "ws";

import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { PATIENCE_MS } from "../patience.ts";
import { openWebSocket } from "../sockets/open-web-socket.ts";

test("the fake Home Assistant, which pings like Supervisor, drops a WebSocket client that does not answer its pings", async () => {
  await using home = await startFakeHomeAssistant({ pings: { everyMs: 10, pongWithinMs: 50 } });
  const socket = openWebSocket(`${home.url}/api/websocket`, { autoPong: false });
  const [code] = (await once(socket, "close")) as [number];
  expect(code).toBe(1006);
});

test("the fake Home Assistant, which pings like Supervisor, keeps a WebSocket client that answers its pings", async () => {
  await using home = await startFakeHomeAssistant({ pings: { everyMs: 10, pongWithinMs: PATIENCE_MS } });
  const socket = openWebSocket(`${home.url}/api/websocket`);
  for (let pings = 0; pings < 10; pings += 1) await once(socket, "ping");
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.terminate();
});
