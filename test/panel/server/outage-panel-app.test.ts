import { describe, expect, test } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import type { DiskProblem } from "../../../src/domain/disk-problem.ts";
import { createOutagePanelApp } from "../../../src/panel/server/outage-panel-app.tsx";
import { panelAccess } from "../../../src/panel/server/panel-access.ts";
import { clockWith } from "../../clock-with.ts";

import { text as STYLE } from "../../../src/panel/shell/style.css?text";

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly language?: string;
  readonly problem?: DiskProblem;
  readonly supervised?: boolean;
  readonly password?: string;
}

/** The response to a request from the IP address `address`. */
async function ask(address: string, asked: Asked = {}): Promise<Response> {
  const { path = "/", method = "GET", language = "en", problem = "full" } = asked;
  const app = createOutagePanelApp({
    problem: () => problem,
    access: panelAccess({
      supervised: asked.supervised ?? true,
      password: asked.password ?? null,
      chance: SYSTEM_CHANCE,
    }),
    clock: clockWith({ now: () => 0 }),
    chance: SYSTEM_CHANCE,
    logger: { debug() {}, info() {}, warning() {}, error() {} },
  });
  const socket = { remoteAddress: address, remotePort: 1, remoteFamily: "IPv4" };
  return await app.request(
    `http://127.0.0.1${path}`,
    { method, headers: { "accept-language": language } },
    {
      incoming: { socket },
    },
  );
}

const INGRESS = "172.30.32.2";

describe("while the app cannot start because of its disk,", () => {
  test.each([
    ["full", "en", "The disk with the app&#39;s data is full"],
    ["full", "de-CH,de;q=0.9", "Der Datenträger mit den Daten der App ist voll"],
    ["read_only", "en-GB", "The app&#39;s data folder is read-only"],
    ["read_only", "de", "Der Datenordner der App ist schreibgeschützt"],
    ["failing", "fr", "The app&#39;s data folder cannot be read or written"],
    ["failing", "de", "Der Datenordner der App kann nicht gelesen oder beschrieben werden"],
  ] as const)(
    "the panel shows that the disk is %s, in the language %s",
    async (problem, language, sentence) => {
      const response = await ask(INGRESS, { problem, language });
      const html = await response.text();
      expect(response.status).toBe(503);
      expect(html).toContain(sentence);
      expect(html).toMatch(/^<!doctype html><html lang="(en|de)">.*http-equiv="refresh"/);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(response.headers.get("cache-control")).toBe("no-store");
    },
  );

  test.each([["/conversations"], ["/activity"], ["/setup/number", "POST"], ["/script.js"]])(
    "the panel shows the same page at %s",
    async (path, method = "GET") => {
      expect((await ask(INGRESS, { path, method })).status).toBe(503);
    },
  );

  test("the panel's page has the panel's styles", async () => {
    expect(await (await ask(INGRESS)).text()).toContain(`<style>${STYLE}</style>`);
  });

  test("the health check is public and returns 503", async () => {
    const response = await ask("203.0.113.7", { path: "/health", problem: "read_only" });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: "cannot store webhooks: nothing can be written to the data folder",
    });
  });

  test("strangers are refused as while the app works", async () => {
    expect((await ask("203.0.113.7")).status).toBe(403);
    expect((await ask("203.0.113.7", { supervised: false })).status).toBe(403);
    expect((await ask("203.0.113.7", { supervised: false, password: "secret words" })).status).toBe(401);
  });
});
