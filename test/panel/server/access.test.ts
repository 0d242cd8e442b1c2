import { describe, expect, test } from "vitest";

import { createTestPanel } from "../create-test-panel.ts";

const SUPERVISED = { supervised: true, password: null };
const ALONE = { supervised: false, password: null };
const WITH_PASSWORD = { supervised: false, password: "correct horse" };
const MODES = {
  "under Supervisor": SUPERVISED,
  alone: ALONE,
  "with a password": WITH_PASSWORD,
};

const basic = (password: string, user = "me") => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

describe.each(Object.entries(MODES))("the panel %s", (_name, access) => {
  test("answers the health check for everybody", async () => {
    const panel = createTestPanel(access, "203.0.113.7");
    const hostile = { host: "evil.example", "x-forwarded-for": "203.0.113.8" };
    expect((await panel.ask({ path: "/health", headers: hostile })).status).toBe(200);
    panel.canStore = false;
    expect((await panel.ask({ path: "/health" })).status).toBe(503);
  });

  test.each(["/", "/script.js", "/health/", "/%2e%2e/", "/other"])(
    "refuses a stranger %s, and the response does not identify the app",
    async (path) => {
      const response = await createTestPanel(access, "203.0.113.7").ask({ path });
      expect([401, 403]).toContain(response.status);
      expect(await response.text()).not.toMatch(/1\.2\.3|AC00|home\.example/);
    },
  );

  test("refuses a stranger's request to the health check unless it is a GET or HEAD", async () => {
    const response = await createTestPanel(access, "203.0.113.7").ask({ path: "/health", method: "POST" });
    expect([401, 403]).toContain(response.status);
  });
});

describe("the panel under Supervisor", () => {
  test.each(["172.30.32.2", "::ffff:172.30.32.2"])(
    "answers a request through ingress from %s",
    async (from) => {
      expect((await createTestPanel(SUPERVISED, from).ask()).status).toBe(200);
    },
  );

  test.each([
    "127.0.0.1",
    "::1",
    "172.30.32.1",
    "172.30.32.20",
    "172.30.33.2",
    "192.168.1.2",
    "::ffff:172.30.32.3",
    "fe80::1",
    "2001:db8::1",
    "",
  ])("refuses a request from another IP address than ingress: '%s'", async (from) => {
    expect((await createTestPanel(SUPERVISED, from).ask()).status).toBe(403);
  });

  test("refuses a request that only claims in its headers to come through ingress", async () => {
    const headers = {
      "x-ingress-path": "/api/hassio_ingress/abc",
      "x-remote-user-id": "admin",
      "x-forwarded-for": "172.30.32.2",
      "x-real-ip": "172.30.32.2",
    };
    expect((await createTestPanel(SUPERVISED, "172.30.33.5").ask({ headers })).status).toBe(403);
  });

  test("answers ingress with any Host and any forwarding headers", async () => {
    const headers = {
      host: "172.30.33.5:8099",
      "x-forwarded-host": "home.example",
      "x-ingress-path": "/api/hassio_ingress/abc",
    };
    expect((await createTestPanel(SUPERVISED, "172.30.32.2").ask({ headers })).status).toBe(200);
  });

  test("gives no access by a password, because Home Assistant checks its users", async () => {
    const panel = createTestPanel({ supervised: true, password: "correct horse" }, "192.168.1.2");
    expect((await panel.ask({ headers: basic("correct horse") })).status).toBe(403);
  });
});

describe("the panel without Supervisor and without a password", () => {
  test.each(["localhost", "localhost:8099", "LOCALHOST:80", "127.0.0.1:8099", "[::1]:8099"])(
    "answers a browser on this machine that uses the name %s",
    async (host) => {
      expect((await createTestPanel(ALONE).ask({ headers: { host } })).status).toBe(200);
    },
  );

  test.each(["::1", "127.1.2.3", "::ffff:127.0.0.1"])(
    "answers a browser on this machine whose connection comes from the IP address %s",
    async (from) => {
      expect((await createTestPanel(ALONE, from).ask()).status).toBe(200);
    },
  );

  test("refuses another machine", async () => {
    expect((await createTestPanel(ALONE, "192.168.1.2").ask()).status).toBe(403);
  });

  test.each([
    "evil.example",
    "evil.example:8099",
    "localhost.evil.example",
    "localhost:8099.evil.example",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "192.168.1.2:8099",
    "0.0.0.0:8099",
    "[::]:8099",
    "",
  ])("refuses another host name that points to this machine: '%s'", async (host) => {
    expect((await createTestPanel(ALONE).ask({ headers: { host } })).status).toBe(403);
  });

  test.each([
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "Forwarded",
    "Via",
    "X-Real-IP",
    "CF-Connecting-IP",
  ])("refuses a request through a proxy, which it recognizes by the header %s", async (name) => {
    const response = await createTestPanel(ALONE).ask({ headers: { [name]: "127.0.0.1" } });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("PANEL_PASSWORD");
  });

  test.each([
    ["https://home.example", 403],
    ["http://localhost.evil.example:8099", 403],
    ["http://localhost:8099", 200],
    ["null", 200],
  ])("to a request that comes from a page of the origin %s, answers with %i", async (origin, status) => {
    const headers = { origin, "sec-fetch-site": "same-origin" };
    expect((await createTestPanel(ALONE).ask({ headers })).status).toBe(status);
  });

  test("treats an empty password as no password", async () => {
    const panel = createTestPanel({ supervised: false, password: "" });
    expect((await panel.ask({ from: "192.168.1.2", headers: basic("") })).status).toBe(403);
  });
});

describe("the panel with a password", () => {
  test.each(["me", "", "admin"])(
    "gives access with the correct password and the user name '%s'",
    async (user) => {
      const panel = createTestPanel(WITH_PASSWORD, "192.168.1.2");
      const headers = {
        host: "panel.example",
        "x-forwarded-for": "1.2.3.4",
        ...basic("correct horse", user),
      };
      expect((await panel.ask({ headers })).status).toBe(200);
    },
  );

  test.each<[string, Record<string, string>]>([
    ["no password", {}],
    ["an empty password", basic("")],
    ["a wrong password", basic("correct hors")],
    ["a longer password", basic("correct horse ")],
    ["a password in another case", basic("Correct Horse")],
    ["another scheme than Basic", { authorization: "Bearer correct horse" }],
    ["invalid base64", { authorization: "Basic %%%" }],
  ])("asks for the password if a request has %s, also on this machine", async (_name, headers) => {
    const response = await createTestPanel(WITH_PASSWORD).ask({ headers });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
  });

  test("accepts a password with non-ASCII letters in the encoding of browsers", async () => {
    const panel = createTestPanel({ supervised: false, password: "schlüssel→🔑" });
    expect((await panel.ask({ headers: basic("schlüssel→🔑") })).status).toBe(200);
  });

  test("makes an IP address that sent wrong passwords wait, even with the correct password, but no other IP address", async () => {
    const panel = createTestPanel(WITH_PASSWORD, "192.168.1.2");
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await panel.ask({ headers: basic(`guess ${guess}`) })).status).toBe(401);
    }
    const refused = await panel.ask({ headers: basic("correct horse") });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    const elsewhere = { from: "192.168.1.3", headers: basic("correct horse") };
    expect((await panel.ask(elsewhere)).status).toBe(200);
    panel.now += 1_000;
    expect((await panel.ask({ headers: basic("correct horse") })).status).toBe(200);
  });

  test.each<[string, (count: number) => string]>([
    ["networks of IPv6", (count) => `2001:db8:${(count >> 8).toString(16)}:${(count & 255).toString(16)}::1`],
    ["machines", (count) => `198.51.${count >> 8}.${count & 255}`],
  ])(
    "checks only a few passwords of somebody who guesses from many %s, and still gives access to the owner's known browser",
    async (_what, address) => {
      const panel = createTestPanel(WITH_PASSWORD);
      const owner = { from: "203.0.113.5", headers: basic("correct horse") };
      const known = await panel.ask(owner);
      const cookie = known.headers.get("set-cookie")?.split(";")[0] ?? "";
      const statuses: number[] = [];
      for (let count = 0; count < 2_000; count += 1)
        statuses.push((await panel.ask({ from: address(count), headers: basic(`guess ${count}`) })).status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(25);
      expect((await panel.ask({ from: owner.from, headers: { ...owner.headers, cookie } })).status).toBe(200);
      expect((await panel.ask(owner)).status).toBe(429);
      panel.now += 10_000;
      expect((await panel.ask(owner)).status).toBe(200);
    },
  );

  test("logs that passwords were wrong, without the passwords", async () => {
    const panel = createTestPanel(WITH_PASSWORD, "192.168.1.2");
    for (let guess = 0; guess < 5; guess += 1) await panel.ask({ headers: basic("Guess-Of-Mine") });
    await panel.ask({ headers: basic("correct horse") });
    expect(panel.lines).toHaveLength(1);
    expect(panel.lines[0]).toContain("192.168.1.2");
    expect(panel.lines[0]).not.toMatch(/Guess-Of-Mine|correct horse/);
  });
});
