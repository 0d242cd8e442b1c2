import { describe, expect, test } from "vitest";

import { createTestPanel } from "../create-test-panel.ts";

const AUTHORIZATION = { authorization: `Basic ${Buffer.from("me:correct horse").toString("base64")}` };

describe.each([
  ["under Supervisor", { supervised: true, password: null }, "172.30.32.2", {}],
  ["without Supervisor", { supervised: false, password: null }, "127.0.0.1", {}],
  ["with a password", { supervised: false, password: "correct horse" }, "192.168.1.2", AUTHORIZATION],
] as const)(
  "the protection against embedding the panel in other sites, %s,",
  (_name, access, from, login) => {
    const ask = async (path: string, headers: Readonly<Record<string, string>>): Promise<number> =>
      (await createTestPanel(access, from).ask({ path, headers: { ...login, ...headers } })).status;

    test.each([
      ["an image", "/media?event=1&number=0&id=ME1", "cross-site", "no-cors", "image"],
      ["a sound", "/recording?event=1&id=RE1", "cross-site", "no-cors", "audio"],
      ["an event stream", "/events", "cross-site", "cors", "empty"],
      ["a request by script", "/checklist", "cross-site", "no-cors", "empty"],
      ["a script", "/live.js", "cross-site", "no-cors", "script"],
      ["a frame", "/", "cross-site", "navigate", "iframe"],
      ["an object", "/diagnostics.json", "cross-site", "navigate", "object"],
      ["a request from another port of this machine", "/", "same-site", "cors", "empty"],
      ["an unknown value of the header", "/", "next-door", "navigate", "frame"],
    ])("refuses another site %s", async (_kind, path, site, mode, dest) => {
      const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest };
      expect(await ask(path, headers)).toBe(403);
    });

    test.each([
      ["types its address", "none", "navigate", "document"],
      ["follows a link on another site", "cross-site", "navigate", "document"],
      ["opens it in Home Assistant", "same-origin", "navigate", "iframe"],
    ])("accepts a person who %s", async (_what, site, mode, dest) => {
      const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest };
      expect(await ask("/", headers)).toBe(200);
    });

    test("accepts a browser that sends no Sec-Fetch headers", async () => {
      expect(await ask("/", {})).toBe(200);
    });
  },
);
