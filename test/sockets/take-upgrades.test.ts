import { once } from "node:events";
import type { Socket } from "node:net";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { startTestApp } from "../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { startSupervisor } from "../supervisor/start-supervisor.ts";
import { startTwilioSimulator } from "../twilio-simulator/start-twilio-simulator.ts";
import { openTcp } from "./open-tcp.ts";

let undo = new AsyncDisposableStack();
let home: FakeHomeAssistant;
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeEach(async () => {
  process.on("uncaughtExceptionMonitor", note);
  undo.defer(() => void process.off("uncaughtExceptionMonitor", note));
  home = undo.use(await startFakeHomeAssistant());
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
  expect(unhandled.splice(0)).toEqual([]);
});

const portOf = (url: string): number => Number(new URL(url).port);

/** Requests a WebSocket. If the server ends its half of the connection, the other half stays open. */
function askForUpgrade(port: number, path = "/api/websocket"): Socket {
  const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  const socket = openTcp(port, { allowHalfOpen: true });
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`,
  );
  return socket;
}

/** Resets the connection after the answer, and resolves with the answer's status. */
async function resetWhenAnswered(socket: Socket): Promise<number> {
  const [answer] = (await once(socket, "data")) as [Buffer];
  socket.resetAndDestroy();
  return Number(answer.toString().split(" ")[1]);
}

describe("a client that resets its connection to a simulated Home Assistant or Supervisor, or to the app,", () => {
  test("after the upgrade to a WebSocket was refused causes no unhandled error", async () => {
    home.behaviour.refuseUpgrade = true;
    expect(await resetWhenAnswered(askForUpgrade(portOf(home.url)))).toBe(502);
  });

  test("while the upgrade to a WebSocket is being refused causes no unhandled error", async () => {
    home.behaviour.refuseUpgrade = true;
    const socket = askForUpgrade(portOf(home.url));
    await vi.waitFor(() => expect(home.connections()).toBe(1), { interval: 1 });
    socket.resetAndDestroy();
    await once(socket, "close");
  });

  test("after the upgrade to a WebSocket was accepted causes no unhandled error", async () => {
    expect(await resetWhenAnswered(askForUpgrade(portOf(home.url)))).toBe(101);
  });

  test("in the middle of a WebSocket frame causes no unhandled error", async () => {
    const socket = askForUpgrade(portOf(home.url));
    await once(socket, "data");
    socket.write(Buffer.from([0x81, 0xff, 0, 0]));
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(home.openSockets()).toBe(0));
  });

  test("or breaks the WebSocket protocol causes no unhandled error", async () => {
    const socket = askForUpgrade(portOf(home.url));
    await once(socket, "data");
    socket.end("this is no frame");
    await vi.waitFor(() => expect(home.openSockets()).toBe(0));
  });

  test.each([
    ["/admin", "running", 403],
    ["/core/websocket", "setup", 400],
    ["/core/websocket", "running", 502],
  ] as const)(
    "when Supervisor has refused %s in the state %s causes no unhandled error",
    async (path, state, status) => {
      home.behaviour.state = "STARTING";
      const supervisor = undo.use(await startSupervisor({ core: home }));
      supervisor.state = state;
      expect(await resetWhenAnswered(askForUpgrade(portOf(supervisor.url), path))).toBe(status);
    },
  );

  test("after the app's ports have refused an upgrade leaves the app running", async () => {
    const twilio = undo.use(await startTwilioSimulator());
    const panel = { port: 0, password: null, supervised: false };
    const app = undo.use(await startTestApp({ twilio, homeAssistant: home, settings: { panel } }));
    for (const port of [app.port, app.panelPort ?? 0]) {
      expect(await resetWhenAnswered(askForUpgrade(port, "/webhook"))).toBeGreaterThanOrEqual(400);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    }
  });
});
