import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, test } from "vitest";

import { choosePorts } from "../../demo/choose-ports.ts";
import type { DemoPorts } from "../../demo/choose-ports.ts";
import { freePort } from "../sockets/free-port.ts";

let said: string[];
let undo: AsyncDisposableStack;
beforeEach(() => {
  said = [];
  undo = new AsyncDisposableStack();
});
afterEach(() => undo.disposeAsync());

const say = (line: string): void => void said.push(line);

/** A port that another program uses. */
async function occupiedPort(host = "127.0.0.1"): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  undo.defer(async () => {
    server.close();
    await once(server, "close");
  });
  return (server.address() as AddressInfo).port;
}

async function freePorts(): Promise<DemoPorts> {
  const ports = new Set<number>();
  while (ports.size < 4) ports.add(await freePort());
  const [homeAssistant = 0, telephone = 0, panel = 0, webhooks = 0] = ports;
  return { homeAssistant, telephone, panel, webhooks };
}

test("each part of the demo gets its preferred port at every start, and the demo prints nothing about ports", async () => {
  const preferred = await freePorts();
  expect(await choosePorts(say, preferred)).toEqual(preferred);
  expect(await choosePorts(say, preferred)).toEqual(preferred);
  expect(said).toEqual([]);
});

test.each(["127.0.0.1", "0.0.0.0"])(
  "a part of the demo whose preferred port is taken on %s gets another port, and the demo prints this port",
  async (host) => {
    const preferred = { ...(await freePorts()), panel: await occupiedPort(host) };
    const ports = await choosePorts(say, preferred);
    expect(ports).toEqual({ ...preferred, panel: expect.any(Number) });
    expect(ports.panel).not.toBe(preferred.panel);
    expect(said).toEqual([
      `Another program uses port ${preferred.panel}, so the app's page gets port ${ports.panel} this time.`,
    ]);
  },
);

test("two parts of the demo never share a port, even if the next free port is the preferred port of another part", async () => {
  const taken = await occupiedPort();
  const preferred = { homeAssistant: taken, telephone: taken, panel: taken + 1, webhooks: await freePort() };
  const ports = await choosePorts(say, preferred);
  expect(new Set(Object.values(ports)).size).toBe(4);
  expect(Object.values(ports)).not.toContain(taken);
});

test("a part of the demo whose preferred port is the highest one and is taken still gets a port", async () => {
  const preferred = { ...(await freePorts()), telephone: 65_535 };
  const server = createServer().listen(65_535, "127.0.0.1");
  const isOurs = await once(server, "listening").then(
    () => true,
    () => false,
  );
  undo.defer(async () => {
    if (!isOurs) return;
    server.close();
    await once(server, "close");
  });
  const { telephone } = await choosePorts(say, preferred);
  expect(telephone).toBeGreaterThan(0);
  expect(telephone).toBeLessThan(65_535);
});
