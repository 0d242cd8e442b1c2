import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";

import { createTestPanel, APP_STATE } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const INGRESS = "172.30.32.2";
const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);

/** The page Setup with this state. */
async function page(appState: Partial<typeof APP_STATE> = {}): Promise<string> {
  const panel = createPanel();
  panel.appState = { ...APP_STATE, ...appState };
  return await (await panel.ask()).text();
}

describe("the page Setup shows the current state", () => {
  test("if everything is connected", async () => {
    const html = await page();
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain("Version 1.2.3");
    expect(html).toContain("Connected, version 2026.11.0");
    expect(html).toContain('value="https://home.example/twilio/webhook"');
    expect(html).toContain("From the option public_url");
    expect(html).toContain('<time datetime="2026-11-24T13:14:15.000Z">24 Nov 2026, 14:14:15</time>');
    expect(html).toContain("AC00…0001");
    expect(html).toContain("Nothing");
    expect(html).not.toContain("Needs attention:");
  });

  test("if the app has no connection, no public address and no webhook yet", async () => {
    const html = await page({
      homeAssistant: { connected: false, version: null, language: "en", timeZone: "UTC" },
      publicAddress: null,
      lastSignedAt: null,
    });
    expect(html).toContain("Not connected");
    expect(html).toContain("Not known yet");
    expect(html).toContain("None yet");
    expect(html).toContain('datetime="2026-11-24T12:00:00.000Z"');
    expect(html).not.toContain('<input id="webhook-address"');
  });

  test.each([
    [{ events: 1, commands: 0 }, "1 event for Home Assistant<"],
    [{ events: 0, commands: 1 }, "1 request for Twilio<"],
    [{ events: 1200, commands: 2 }, "1200 events for Home Assistant, 2 requests for Twilio<"],
  ])("if %o wait", async (waiting, text) => {
    expect(await page({ waiting })).toContain(text);
  });

  test("with the source of the public address", async () => {
    const publicAddress = { base: "https://home.example", source: "learnt" as const };
    expect(await page({ publicAddress })).toContain("Detected from webhooks");
  });

  test("also after the state has changed since the last request", async () => {
    const panel = createPanel();
    await panel.ask();
    panel.appState = { ...APP_STATE, waiting: { events: 7, commands: 0 } };
    expect(await (await panel.ask()).text()).toContain("7 events");
  });
});

describe("the page Setup is in the language of Home Assistant:", () => {
  const inLanguage = (language: string, timeZone = "Europe/Berlin") =>
    page({ homeAssistant: { ...APP_STATE.homeAssistant, language, timeZone } });

  test.each(["de", "de-AT", "de-CH"])("%s", async (language) => {
    const html = await inLanguage(language);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain("Verbunden, Version 2026.11.0");
    expect(html).toMatch(/24\.11\.2026, 14:14:15/);
  });

  test.each(["fr", "den", "zh-Hans", "", "<b>"])("in English if that language is '%s'", async (language) => {
    expect(await inLanguage(language)).toContain('<html lang="en">');
  });

  test("and an unknown language or time zone causes no error", async () => {
    expect(await inLanguage("en-nonsense-x")).toContain("Nov 24, 2026, 2:14:15");
    expect(await inLanguage("de-DE", "Moon/Crater")).toContain("24.11.2026, 13:14:15 UTC");
  });
});

test("the page Setup shows HTML in data as text", async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;
  const html = await page({
    homeAssistant: { ...APP_STATE.homeAssistant, version: evil },
    publicAddress: { base: evil, source: "learnt" as const },
    accountSid: evil,
  });
  expect(html).not.toContain("<script>");
  expect(html).not.toContain("<img");
  expect(html.match(/&quot;&gt;&lt;script&gt;/g)).toHaveLength(4);
});

test("all URLs of the page Setup are relative, so that they work behind ingress", async () => {
  const addresses = [...(await page()).matchAll(/(?:href|src|action)="([^"]*)"/g)].map(
    ([, address]) => address,
  );
  const pages = ["./", "conversations", "alarms", "activity", "examples"];
  expect(addresses).toEqual(["script.js", "live.js", ...pages, "relay", "test", "contacts", "./"]);
  const panel = createPanel();
  for (const [path, type] of [
    ["/script.js", "text/javascript; charset=utf-8"],
    ["/live.js", "text/javascript; charset=utf-8"],
  ] as const) {
    const response = await panel.ask({ path });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
  }
});

test("the page Setup has no inline content that its Content-Security-Policy forbids", async () => {
  const response = await createPanel().ask({ path: "/" });
  const html = await response.text();
  expect(html).not.toMatch(/\sstyle=|\son\w+=|<script(?! src=)/);
  const styles = [...html.matchAll(/<style>([^<]*)<\/style>/g)].map(([, style = ""]) => style);
  expect(styles).toEqual([expect.stringContaining("--")]);
  const hash = createHash("sha256").update(styles.join()).digest("base64");
  expect(response.headers.get("content-security-policy")).toContain(`style-src 'sha256-${hash}'`);
});

test.each([
  ["/", INGRESS, 200, "its hash"],
  ["/health", INGRESS, 200, "'none'"],
  ["/script.js", INGRESS, 200, "its hash"],
  ["/nowhere", INGRESS, 404, "its hash"],
  ["/", "192.168.1.2", 403, "'none'"],
])(
  "the response to %s from %s (%i) has the security headers, and allows as style %s",
  async (path, from, status, style) => {
    const response = await createPanel().ask({ path, from });
    expect(response.status).toBe(status);
    const given = response.headers.get("content-security-policy") ?? "";
    const policy = given.replace(/'sha256-[\w+/=]{44}'/, "its hash");
    expect(policy.split("; ").toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'self'",
      "img-src 'self'",
      "media-src 'self'",
      "script-src 'self'",
      `style-src ${style}`,
    ]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "SAMEORIGIN",
    });
    // The header would apply to all of Home Assistant, which has the same origin under ingress.
    expect(response.headers.has("strict-transport-security")).toBe(false);
  },
);

test("an error while the page Setup is made is in the log, but not on the page", async () => {
  const panel = createPanel();
  Object.defineProperty(panel, "appState", {
    get() {
      throw new Error("the disk is gone");
    },
  });
  const response = await panel.ask();
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("disk");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(panel.lines).toEqual([
    "The app could not show one of its pages. Please report this error: the disk is gone",
  ]);
});
