import { once } from "node:events";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { PanelSettings } from "../../../src/app/panel.ts";
import { Secret } from "../../../src/options/secret.ts";
import { OURS, THEIRS } from "../../app/start-house.ts";
import { startTestApp } from "../../app/start-test-app.ts";
import type { TestApp } from "../../app/start-test-app.ts";
import { startFakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../../home-assistant/fake/start-fake-home-assistant.ts";
import { openTcp } from "../../sockets/open-tcp.ts";
import { startSupervisor } from "../../supervisor/start-supervisor.ts";
import { startTwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";
import type { TwilioSimulator } from "../../twilio-simulator/start-twilio-simulator.ts";

const ALONE = { port: 0, password: null, supervised: false };
const PASSWORD = "correct horse battery";

let undo = new AsyncDisposableStack();
let home: FakeHomeAssistant;
let twilio: TwilioSimulator;
beforeEach(async () => {
  home = undo.use(await startFakeHomeAssistant());
  twilio = undo.use(await startTwilioSimulator({ numbers: [OURS] }));
});
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function start(panel: PanelSettings, listenHost = "127.0.0.1"): Promise<TestApp> {
  const settings = { panel, listenHost };
  const app = undo.use(await startTestApp({ twilio, homeAssistant: home, settings }));
  await vi.waitFor(() => expect(app.lines.join()).toContain("Connected to Home Assistant"), { interval: 5 });
  return app;
}

const text = async (url: string, init?: RequestInit): Promise<string> => (await fetch(url, init)).text();

/** The status line of the response to a request in HTTP/1.0, which only proxies use. */
async function answerToOld(port: number): Promise<string> {
  const socket = openTcp(port);
  socket.setEncoding("latin1");
  const answered = once(socket, "data");
  socket.write(`GET / HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  const [answer] = (await answered) as [string];
  socket.destroy();
  return answer.split("\r\n")[0] ?? "";
}

/** Whether a server listens at the IP address. */
async function answers(port: number | null, host: string): Promise<boolean> {
  const socket = openTcp(port ?? 0, { host });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe("the panel without Supervisor and without a password", () => {
  test("refuses a proxy that sends no forwarding headers", async () => {
    const { panelPort } = await start(ALONE);
    expect(await answerToOld(panelPort ?? 0)).toContain("403");
  });

  test("listens on 127.0.0.1 only, whatever LISTEN_HOST is", async () => {
    const { port, panelPort } = await start(ALONE, "0.0.0.0");
    // All of 127.0.0.0/8 is this machine, but only 127.0.0.1 is bound.
    expect(await answers(port, "127.0.0.2")).toBe(true);
    expect(await answers(panelPort, "127.0.0.2")).toBe(false);
    expect(await answers(panelPort, "127.0.0.1")).toBe(true);
  });

  test("shows the current state of the app on its page", async () => {
    const app = await start(ALONE);
    const url = `http://localhost:${app.panelPort}/`;
    const before = await text(url);
    expect(before).toContain("None yet");
    expect(before).toContain("https://home.example/webhook");
    await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
    await vi.waitFor(async () => expect(await text(url)).toMatch(/signature was valid.*Nothing/));
  });

  test("shows that Home Assistant is not connected and what waits, but no message texts", async () => {
    const app = await start(ALONE);
    home.behaviour.refuseUpgrade = true;
    home.disconnect();
    await vi.waitFor(() => expect(app.lines.join()).toContain("the connection was lost"));
    await twilio.receiveMessage({ from: THEIRS, to: OURS, body: "Is the gate closed?" });
    const html = await text(`http://localhost:${app.panelPort}/`);
    expect(html).toContain("Not connected");
    expect(html).toContain("1 event for Home Assistant");
    expect(html).not.toContain("gate closed");
    expect(html).not.toContain(THEIRS);
  });

  test("shows neither a secret nor the complete account SID on the page Setup", async () => {
    const app = await start(ALONE);
    const html = await text(`http://localhost:${app.panelPort}/`);
    expect(html).toContain(`${twilio.accountSid.slice(0, 4)}…`);
    for (const secret of [twilio.accountSid, twilio.authToken, home.token]) {
      expect(html).not.toContain(secret);
    }
  });

  test("is missing if its port is in use, and webhooks are still received", async () => {
    const { panelPort } = await start(ALONE);
    const app = await start({ ...ALONE, port: panelPort ?? 0 });
    expect(app.panelPort).toBeNull();
    expect(app.lines.filter((line) => line.includes(" ERROR "))).toMatchObject([
      expect.stringContaining("The app's page is not available"),
    ]);
    expect((await fetch(`http://127.0.0.1:${app.port}/health`)).status).toBe(200);
  });
});

describe("the panel with a password", () => {
  test("listens on LISTEN_HOST, and gives access with the password", async () => {
    const app = await start({ ...ALONE, password: new Secret(PASSWORD) }, "0.0.0.0");
    const url = `http://127.0.0.2:${app.panelPort}/`;
    const authorization = (password: string) => ({
      headers: { authorization: `Basic ${Buffer.from(`me:${password}`).toString("base64")}` },
    });
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, authorization("guess"))).status).toBe(401);
    expect(await text(url, authorization(PASSWORD))).toContain("Connected, version");
    expect((await fetch(`${url}health`)).status).toBe(200);
    expect(app.lines.join("\n")).not.toContain(PASSWORD);
  });
});

describe("the panel under Supervisor", () => {
  test("is available with styles and scripts through ingress, and only there", async () => {
    const ingressFrom = "127.0.0.2";
    const app = await start({ ...ALONE, supervised: true, ingressAddress: ingressFrom }, "0.0.0.0");
    const panelPort = app.panelPort ?? 0;
    const supervisor = undo.use(await startSupervisor({ core: home, panelPort, ingressFrom }));
    const headers = { cookie: supervisor.openIngressSession() };
    const html = await text(supervisor.ingressUrl, { headers });
    expect(html).toContain("Connected, version");
    const loaded = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? "");
    expect(loaded).toContain("script.js");
    for (const address of loaded) {
      const response = await fetch(new URL(address, supervisor.ingressUrl), { headers });
      expect(response.status, address).toBe(200);
    }
    const direct = await fetch(`http://127.0.0.1:${panelPort}/`, {
      headers: { "x-ingress-path": "/api/hassio_ingress/x", "x-remote-user-id": "admin" },
    });
    expect(direct.status).toBe(403);
    expect((await fetch(`http://127.0.0.1:${panelPort}/health`)).status).toBe(200);
  });

  test("by default accepts only Supervisor's own IP address as ingress", async () => {
    const app = await start({ ...ALONE, supervised: true });
    expect((await fetch(`http://127.0.0.1:${app.panelPort}/`)).status).toBe(403);
  });
});
