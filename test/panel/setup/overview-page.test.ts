import { describe, expect, test } from "vitest";

import { createTestPanel, FACTS } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const INGRESS = "172.30.32.2";
const createPanel = (): TestPanel => createTestPanel({ supervised: true, password: null }, INGRESS);

/** The page that shows `facts`. */
async function page(facts: Partial<typeof FACTS> = {}): Promise<string> {
  const panel = createPanel();
  panel.facts = { ...FACTS, ...facts };
  return await (await panel.ask()).text();
}

describe("the page shows what is so at the moment", () => {
  test("when all is well", async () => {
    const html = await page();
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain("Version 1.2.3");
    expect(html).toContain("Connected, version 2026.11.0");
    expect(html).toContain('value="https://home.example/twilio/webhook"');
    expect(html).toContain("From the option public_url");
    expect(html).toContain('<time datetime="2026-11-24T13:14:15.000Z">24 Nov 2026, 14:14:15</time>');
    expect(html).toContain("AC00…0001");
    expect(html).toContain("Nothing");
    expect(html).not.toContain("Needs you:");
  });

  test("when nothing is known yet", async () => {
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
    [{ events: 0, commands: 1 }, "1 command for Twilio<"],
    [{ events: 1200, commands: 2 }, "1200 events for Home Assistant, 2 commands for Twilio<"],
  ])("when %o waits", async (waiting, text) => {
    expect(await page({ waiting })).toContain(text);
  });

  test("whether the address was learnt", async () => {
    const publicAddress = { base: "https://home.example", source: "learnt" as const };
    expect(await page({ publicAddress })).toContain("Learnt from webhooks");
  });

  test("anew at each look", async () => {
    const panel = createPanel();
    await panel.ask();
    panel.facts = { ...FACTS, waiting: { events: 7, commands: 0 } };
    expect(await (await panel.ask()).text()).toContain("7 events");
  });
});

describe("it speaks Home Assistant's language", () => {
  const inLanguage = (language: string, timeZone = "Europe/Berlin") =>
    page({ homeAssistant: { ...FACTS.homeAssistant, language, timeZone } });

  test.each(["de", "de-AT", "de-CH"])("%s", async (language) => {
    const html = await inLanguage(language);
    expect(html).toContain('<html lang="de">');
    expect(html).toContain("Verbunden, Version 2026.11.0");
    expect(html).toMatch(/24\.11\.2026, 14:14:15/);
  });

  test.each(["fr", "den", "zh-Hans", "", "<b>"])("and English in place of '%s'", async (language) => {
    expect(await inLanguage(language)).toContain('<html lang="en">');
  });

  test("a language or time zone that nobody knows does not stop it", async () => {
    expect(await inLanguage("en-nonsense-x")).toContain("Nov 24, 2026, 2:14:15");
    expect(await inLanguage("de-DE", "Moon/Crater")).toContain("24.11.2026, 13:14:15 UTC");
  });
});

test("HTML in what others wrote is shown as text", async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;
  const html = await page({
    homeAssistant: { ...FACTS.homeAssistant, version: evil },
    publicAddress: { base: evil, source: "learnt" as const },
    accountSid: evil,
  });
  expect(html).not.toContain("<script>");
  expect(html).not.toContain("<img");
  expect(html.match(/&quot;&gt;&lt;script&gt;/g)).toHaveLength(4);
});

test("every address in it is relative, so that ingress may put a path before it", async () => {
  const addresses = [...(await page()).matchAll(/(?:href|src|action)="([^"]*)"/g)].map(
    ([, address]) => address,
  );
  const pages = ["./", "conversations", "activity", "examples"];
  expect(addresses).toEqual(["style.css", "script.js", ...pages, "relay", "test", "./", "live.js"]);
  const panel = createPanel();
  for (const [path, type] of [
    ["/style.css", "text/css; charset=utf-8"],
    ["/script.js", "text/javascript; charset=utf-8"],
    ["/live.js", "text/javascript; charset=utf-8"],
  ] as const) {
    const response = await panel.ask({ path });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
  }
});

test("nothing in it is inline that the content security policy forbids", async () => {
  expect(await page()).not.toMatch(/\sstyle=|<style|\son\w+=|<script(?! src=)/);
});

test.each([
  ["/", INGRESS, 200],
  ["/health", INGRESS, 200],
  ["/style.css", INGRESS, 200],
  ["/nowhere", INGRESS, 404],
  ["/", "192.168.1.2", 403],
])("the headers of %s from %s (%i) keep it safe", async (path, from, status) => {
  const response = await createPanel().ask({ path, from });
  expect(response.status).toBe(status);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy.split("; ").toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
  ]);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
  });
  // It would bind all of Home Assistant, whose origin this is under ingress.
  expect(response.headers.has("strict-transport-security")).toBe(false);
});

test("a fault is told in the log, and the page tells nothing of it", async () => {
  const panel = createPanel();
  Object.defineProperty(panel, "facts", {
    get() {
      throw new Error("the disk is gone");
    },
  });
  const response = await panel.ask();
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("disk");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(panel.lines).toEqual(["The panel failed: the disk is gone"]);
});
