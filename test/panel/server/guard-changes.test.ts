import { Hono } from "hono";
import { describe, expect, test } from "vitest";

import { guardChanges } from "../../../src/panel/server/guard-changes.ts";
import { CHANGE_TOKEN, createTestPanel } from "../create-test-panel.ts";

const OWN = "http://panel.local:8099";
const BEHIND_INGRESS = { seesOwnHost: false };
const DIRECT = { seesOwnHost: true };

interface Change {
  readonly headers?: Record<string, string>;
  readonly body?: string | FormData;
  readonly method?: string;
}

/** The response to a change request, from an app that has only this guard. */
async function change(where: { readonly seesOwnHost: boolean }, { headers = {}, body, method }: Change) {
  const app = new Hono().use(guardChanges({ token: CHANGE_TOKEN, ...where }));
  app.all("/", async (c) => c.text(`done ${JSON.stringify(await c.req.parseBody())}`));
  return await app.request(`${OWN}/`, {
    method: method ?? "POST",
    headers: { host: "panel.local:8099", ...headers },
    body: body ?? null,
  });
}

const form = (fields: Record<string, string>) => ({
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(fields).toString(),
});
const withHeader = (headers: Record<string, string>) => ({
  headers: { "x-change-token": CHANGE_TOKEN, ...headers },
});

describe("a page of the panel", () => {
  test("can send a change by a form, whose fields the route can still read", async () => {
    const response = await change(DIRECT, form({ change_token: CHANGE_TOKEN, to: "Alice" }));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Alice");
  });

  test("can send a change by a form with files", async () => {
    const body = new FormData();
    body.set("change_token", CHANGE_TOKEN);
    expect((await change(DIRECT, { body })).status).toBe(200);
  });

  test.each<[string, { seesOwnHost: boolean }, Record<string, string>]>([
    ["over HTTPS, with Sec-Fetch-Site", DIRECT, { "sec-fetch-site": "same-origin" }],
    ["over HTTP, with an Origin", DIRECT, { origin: OWN }],
    ["under no-referrer, with the Origin null", DIRECT, { origin: "null" }],
    [
      "through a proxy with another host",
      DIRECT,
      { "sec-fetch-site": "same-origin", origin: "https://proxy.example" },
    ],
    ["through ingress, as Home Assistant's page", BEHIND_INGRESS, { origin: "http://homeassistant.local" }],
  ])("can send a change by a script %s", async (_name, where, headers) => {
    expect((await change(where, withHeader(headers))).status).toBe(200);
  });
});

describe.each(Object.entries({ "behind ingress": BEHIND_INGRESS, direct: DIRECT }))(
  "the protection of the panel's forms, %s,",
  (_name, where) => {
    test.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
      "refuses a %s request without the token",
      async (method) => {
        expect((await change(where, { method })).status).toBe(403);
      },
    );

    test.each(["GET", "HEAD"])("accepts a %s request without the token", async (method) => {
      expect((await change(where, { method })).status).toBe(200);
    });

    test.each(["", "token-of-this-star", "token-of-the-last-start", `${CHANGE_TOKEN} `])(
      "refuses the token '%s'",
      async (token) => {
        expect((await change(where, form({ change_token: token }))).status).toBe(403);
      },
    );

    test.each(["cross-site", "same-site", "none", "nonsense"])(
      "refuses a request with Sec-Fetch-Site %s even if the token is right",
      async (site) => {
        expect((await change(where, withHeader({ "sec-fetch-site": site }))).status).toBe(403);
      },
    );

    test("ignores a token in a body that is not a form", async () => {
      const json = { "content-type": "application/json" };
      const body = JSON.stringify({ change_token: CHANGE_TOKEN });
      expect((await change(where, { headers: json, body })).status).toBe(403);
    });

    test("refuses a form that cannot be read", async () => {
      const headers = { "content-type": "multipart/form-data; boundary=x" };
      expect((await change(where, { headers, body: "--y nonsense" })).status).toBe(403);
    });
  },
);

test.each(["https://evil.example", "http://panel.local", "http://panel.local:8099.evil.example", "nonsense"])(
  "without ingress, a request to the panel from another origin is refused even with the right token: %s",
  async (origin) => {
    expect((await change(DIRECT, withHeader({ origin }))).status).toBe(403);
  },
);

describe("in the whole panel", () => {
  const panel = createTestPanel({ supervised: true, password: null }, "172.30.32.2");

  test("a POST without the page's token is refused before it reaches a page", async () => {
    expect((await panel.ask({ method: "POST" })).status).toBe(403);
  });

  test.each([
    ["en", "Please try again", "nothing was sent or changed"],
    ["de", "Bitte versuche es noch einmal", "wurde nichts gesendet oder geändert"],
  ])(
    "a browser whose page is older than the app's start is asked to try again, in its language: %s",
    async (language, title, text) => {
      const headers = {
        accept: "text/html,application/xhtml+xml",
        "accept-language": language,
        "content-type": "application/x-www-form-urlencoded",
      };
      const body = "change_token=token-of-the-last-start&text=Open+the+gate";
      const refused = await panel.ask({ method: "POST", path: "/reply", headers, body });
      expect([refused.status, refused.headers.get("location")]).toEqual([303, "restarted"]);
      const page = await (await panel.ask({ path: "/restarted", headers })).text();
      expect(page).toContain(`<h1>${title}</h1>`);
      expect(page).toContain(text);
    },
  );

  test("a change with the right token reaches the page", async () => {
    const headers = { "x-change-token": CHANGE_TOKEN };
    expect((await panel.ask({ method: "POST", path: "/nowhere", headers })).status).toBe(404);
  });

  test("a body that is longer than any form of the panel is refused", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": "70000" };
    const body = `change_token=${CHANGE_TOKEN}&text=${"a".repeat(70_000)}`;
    expect((await panel.ask({ method: "POST", headers, body })).status).toBe(413);
  });
});
