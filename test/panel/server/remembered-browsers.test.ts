import { describe, expect, test } from "vitest";

import { addressGroup } from "../../../src/panel/server/address-group.ts";
import { createTestPanel } from "../create-test-panel.ts";
import type { TestPanel } from "../create-test-panel.ts";

const PROXY = "192.168.1.2";
const PASSWORD = "correct horse";
const DAY_MS = 86_400_000;

const panelWith = (installationKey?: string, password = PASSWORD): TestPanel =>
  createTestPanel({ supervised: false, password, installationKey }, PROXY);

const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString("base64")}`;

async function ask(panel: TestPanel, password: string | null, cookie = "", from = PROXY): Promise<Response> {
  const headers = {
    ...(password === null ? {} : { authorization: basic(password) }),
    ...(cookie === "" ? {} : { cookie }),
  };
  return await panel.ask({ from, headers });
}

async function logIn(panel: TestPanel): Promise<string> {
  const response = await ask(panel, PASSWORD);
  expect(response.status).toBe(200);
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function guess(panel: TestPanel, times: number, cookie = ""): Promise<void> {
  for (let count = 0; count < times; count += 1) await ask(panel, `guess ${count}`, cookie);
}

/** Cookies that are not valid. */
const FORGED: readonly [string, (cookie: string) => string][] = [
  ["no cookie", () => ""],
  ["an empty cookie", (cookie) => `${cookie.split("=")[0]}=`],
  ["another signature", (cookie) => `${cookie.slice(0, -1)}${cookie.endsWith("A") ? "B" : "A"}`],
  ["another id", (cookie) => cookie.replace(/=./, (start) => (start === "=A" ? "=B" : "=A"))],
  ["a later time", (cookie) => cookie.replace(/\.(\d)/, (_all, digit) => `.${(Number(digit) + 1) % 10}`)],
  ["half of its cookie", (cookie) => cookie.slice(0, cookie.length / 2)],
  ["one more character in its cookie", (cookie) => `${cookie}A`],
  ["a very long cookie", (cookie) => `${cookie.split("=")[0]}=${"A".repeat(10_000)}`],
];

describe("a browser that has logged in to the panel with the password", () => {
  test("gets access while somebody guesses passwords from the same IP address", async () => {
    const panel = panelWith();
    const cookie = await logIn(panel);
    await guess(panel, 500);
    expect((await ask(panel, PASSWORD)).status).toBe(429);
    expect((await ask(panel, PASSWORD, cookie)).status).toBe(200);
    expect((await ask(panel, PASSWORD, cookie, "10.0.0.9")).status).toBe(200);
  });

  test("gets one cookie, which scripts and other sites cannot use", async () => {
    const panel = panelWith();
    const response = await ask(panel, PASSWORD);
    const [cookie = "", ...attributes] = response.headers.get("set-cookie")?.split("; ") ?? [];
    expect(attributes).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Strict"]));
    expect(cookie).not.toContain(PASSWORD);
    expect((await ask(panel, PASSWORD, cookie)).headers.get("set-cookie")).toBeNull();
    for (const password of ["guess", null])
      expect((await ask(panel, password)).headers.get("set-cookie")).toBeNull();
  });

  test("still has to send the password with each request", async () => {
    const panel = panelWith();
    const cookie = await logIn(panel);
    expect((await ask(panel, null, cookie)).status).toBe(401);
    expect((await ask(panel, "guess", cookie)).status).toBe(401);
  });

  test("has to wait after its own wrong passwords, but other browsers do not", async () => {
    const panel = panelWith();
    const [thief, honest] = [await logIn(panel), await logIn(panel)];
    await guess(panel, 50, thief);
    expect((await ask(panel, PASSWORD, thief)).status).toBe(429);
    expect((await ask(panel, PASSWORD, honest)).status).toBe(200);
    expect((await ask(panel, PASSWORD)).status).toBe(200);
  });

  test.each(FORGED)("is not recognized with %s", async (_name, forge) => {
    const panel = panelWith();
    const cookie = forge(await logIn(panel));
    await guess(panel, 10);
    expect((await ask(panel, PASSWORD, cookie)).status).toBe(429);
  });

  test.each([
    ["a restart of this installation", "key", PASSWORD, 200],
    ["another installation", "other", PASSWORD, 429],
    ["another password", "key", "battery staple", 429],
  ])(
    "is recognized after %s only if the installation's key and the password are unchanged",
    async (_name, key, password, status) => {
      const cookie = await logIn(panelWith("key"));
      const later = panelWith(key, password);
      await guess(later, 10);
      expect((await ask(later, password, cookie)).status).toBe(status);
    },
  );

  test("is not recognized after half a year", async () => {
    const panel = panelWith();
    const cookie = await logIn(panel);
    panel.now += 179 * DAY_MS;
    await guess(panel, 10);
    expect((await ask(panel, PASSWORD, cookie)).status).toBe(200);
    panel.now += 2 * DAY_MS;
    await guess(panel, 10);
    expect((await ask(panel, PASSWORD, cookie)).status).toBe(429);
  });
});

test("a browser without the password is asked for it, even while somebody guesses from the same IP address", async () => {
  const panel = panelWith();
  await guess(panel, 50);
  expect((await ask(panel, null)).status).toBe(401);
});

test("while somebody guesses, a new browser gets access with its second attempt, which the page makes without a click", async () => {
  const panel = panelWith();
  await guess(panel, 500);
  const first = await ask(panel, PASSWORD);
  expect(first.status).toBe(429);
  const seconds = first.headers.get("retry-after");
  expect(first.headers.get("refresh")).toBe(seconds);
  panel.now += Number(seconds) * 1000;
  for (let count = 0; count < 500; count += 1) await ask(panel, `another guess ${count}`);
  expect((await ask(panel, PASSWORD)).status).toBe(200);
});

test("forwarding headers give somebody who guesses no additional attempts", async () => {
  const panel = panelWith();
  const statuses = new Map<number, number>();
  for (let count = 0; count < 100; count += 1) {
    const headers = {
      authorization: basic(`guess ${count}`),
      "x-forwarded-for": `10.0.0.${count}`,
      "x-real-ip": `10.0.0.${count}`,
      forwarded: `for=10.0.0.${count}`,
    };
    const { status } = await panel.ask({ headers });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 401: 5, 429: 95 });
});

test("a flood of wrong passwords writes few lines into the log", async () => {
  const panel = panelWith();
  for (let count = 0; count < 3_000; count += 1) {
    await ask(panel, `guess ${count % 7}`, "", `10.0.${count % 250}.${Math.floor(count / 250)}`);
  }
  expect(panel.lines.length).toBeLessThanOrEqual(12);
  expect(panel.lines[0]).toContain("followed by a wait since the app started: 1.");
});

test.each([
  ["192.168.1.2", "192.168.1.2"],
  ["::ffff:192.168.1.2", "::ffff:192.168.1.2"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
])("wrong passwords from %s count for %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});
