import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { startFakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../home-assistant/fake/start-fake-home-assistant.ts";
import { openWebSocket } from "../sockets/open-web-socket.ts";
import { askSocket } from "./ask-socket.ts";
import type { AskedSocket } from "./ask-socket.ts";
import { startSupervisor } from "./start-supervisor.ts";
import type { Supervisor } from "./start-supervisor.ts";

let core: FakeHomeAssistant;
let supervisor: Supervisor;
beforeEach(async () => {
  core = await startFakeHomeAssistant();
  supervisor = await startSupervisor({ core });
});
afterEach(async () => {
  await supervisor[Symbol.asyncDispose]();
  await core[Symbol.asyncDispose]();
});

const open = (): Promise<AskedSocket> => askSocket(`${supervisor.url}/websocket`);

async function enter(): Promise<AskedSocket> {
  const app = await open();
  await app.next();
  app.send({ type: "auth", access_token: supervisor.token });
  expect(await app.next()).toEqual({ type: "auth_ok", ha_version: "2026.11.0" });
  return app;
}

async function refusal(): Promise<{ status: number | undefined; body: string }> {
  const socket = openWebSocket(`${supervisor.url}/api/websocket`);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
  const body = await text(response);
  return { status: response.statusCode, body };
}

describe("before the upgrade to a WebSocket", () => {
  test("requests get 502 until Core runs", async () => {
    core.behaviour.state = "STARTING";
    expect(await refusal()).toEqual({ status: 502, body: "502: Bad Gateway" });
  });

  test("while Supervisor starts, requests get 400, and the response names Supervisor's state", async () => {
    supervisor.state = "setup";
    const { status, body } = await refusal();
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      result: "error",
      message: "System is not ready with state: setup",
    });
  });

  test.each(["/websocket", "/api/websocket"])("the WebSocket can be opened at %s", async (path) => {
    using app = await askSocket(supervisor.url + path);
    expect(await app.next()).toEqual({ type: "auth_required", ha_version: "2026.11.0" });
  });
});

describe("when a client logs in through Supervisor's WebSocket proxy,", () => {
  test("a wrong token is refused, and the socket ends with 1000", async () => {
    using app = await open();
    await app.next();
    app.send({ type: "auth", access_token: "wrong" });
    expect(await app.next()).toEqual({ type: "auth_invalid", message: "Invalid access" });
    expect(await app.closed).toBe(1000);
  });

  test("a client that does not send its token in time is disconnected", async () => {
    await using hasty = await startSupervisor({ core, authMs: 50 });
    using app = await askSocket(`${hasty.url}/websocket`);
    expect(await app.closed).toBe(1000);
  });

  test("the token of an earlier start is refused", async () => {
    const old = supervisor.token;
    expect(supervisor.renewToken()).not.toBe(old);
    using app = await open();
    await app.next();
    app.send({ type: "auth", access_token: old });
    expect(await app.next()).toMatchObject({ type: "auth_invalid" });
  });

  test("auth_ok may come before Core is connected, and the socket may end right after it", async () => {
    supervisor.losesCore = true;
    using app = await enter();
    expect(await app.closed).toBe(1000);
    expect(core.connections()).toBe(0);
  });
});

describe("after the login through Supervisor's WebSocket proxy", () => {
  test("frames pass unchanged, and Core sees Supervisor's token only", async () => {
    using app = await enter();
    app.send([
      { id: 1, type: "supported_features", features: {} },
      { id: 2, type: "ping" },
    ]);
    expect(await app.next()).toEqual({ id: 1, type: "result", success: true, result: null });
    expect(await app.next()).toEqual({ id: 2, type: "pong" });
    expect(core.received[0]).toEqual({ type: "auth", access_token: core.token });
  });

  test.each(["supervisor/api", "hassio/update/addon"])(
    "a message of the type %s never reaches Core",
    async (type) => {
      using app = await enter();
      app.send({ id: 7, type });
      const error = { code: "unauthorized", message: "Unauthorized" };
      expect(await app.next()).toEqual({ id: 7, type: "result", success: false, error });
      expect(core.received.map((message) => message.type)).toEqual(["auth"]);
      expect(supervisor.denied).toEqual([type]);
    },
  );

  test("a frame of more than 4 MiB from the app ends the socket with 1009", async () => {
    using app = await enter();
    app.socket.send("x".repeat(4 * 1024 * 1024 + 1));
    expect(await app.closed).toBe(1009);
  });
});

describe("at the end of a connection through Supervisor's WebSocket proxy", () => {
  test("if Core disappears, even abruptly, the proxy closes the app's socket with 1000", async () => {
    using app = await enter();
    await vi.waitFor(() => expect(core.openSockets()).toBe(1));
    core.disconnect();
    expect(await app.closed).toBe(1000);
  });

  test("if Supervisor disappears, the app's socket closes with 1006, and Core's side is closed, too", async () => {
    using app = await enter();
    await vi.waitFor(() => expect(core.openSockets()).toBe(1));
    supervisor.cut();
    expect(await app.closed).toBe(1006);
    await vi.waitFor(() => expect(core.openSockets()).toBe(0));
  });

  test("if the app disappears, Core's side is closed", async () => {
    const app = await enter();
    await vi.waitFor(() => expect(core.openSockets()).toBe(1));
    app.socket.close();
    await vi.waitFor(() => expect(core.openSockets()).toBe(0));
  });
});
