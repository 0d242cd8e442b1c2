import { expect, test } from "vitest";

import { saveEvent } from "../../journal/conversation-rows.ts";
import { createTestPanel } from "../create-test-panel.ts";

const ALONE = { supervised: false, password: null };

/** Each parameter of each page. */
const PARAMETERS = [
  "/?sent=",
  "/activity?before=",
  "/examples?event=",
  "/number?done=failed&sid=",
  "/number?sid=PN1&done=",
  "/test-status?id=",
  "/conversations?search=",
  "/conversations?after=",
  "/conversation?with=",
  "/conversation?with=x&before=",
  "/entry?key=",
  "/media?number=0&id=ME1&event=",
  "/media?event=1&id=ME1&number=",
  "/media?event=1&number=0&id=",
  "/recording?event=1&id=",
] as const;

const VALUES = [
  "",
  "-1",
  "0x10",
  "1e300",
  "999999999999999",
  "9".repeat(400),
  "NaN",
  "1.0.1.1",
  "999999999999999.1.999999999999999.999999999",
  "__proto__",
  "../../../../etc/passwd",
  "..%2f..%2fetc%2fpasswd",
  "\u0000",
  "\r\nSet-Cookie: a=b",
  "' OR 1=1 --",
  "%",
  "_%\\",
  "\ud800",
  "a".repeat(12_000),
  `"><script>alert(1)</script>`,
  "' onmouseover='alert(1)",
  "javascript:alert(1)",
  "//evil.example",
];

test.each(PARAMETERS)(
  "the panel's page %s answers every value of its parameters without an error, a script or a foreign URL",
  async (path) => {
    const panel = createTestPanel(ALONE);
    await saveEvent(panel.talk.store, { From: "+15551", Body: "hi" }, 1);
    for (const value of VALUES) {
      const response = await panel.ask({ path: `${path}${encodeURIComponent(value.toWellFormed())}` });
      const request = `${path}${value.slice(0, 40)}`;
      expect([200, 400, 404], request).toContain(response.status);
      const html = await response.text();
      expect(html, request).not.toMatch(/<script>|\son\w+=['"]|(href|src|action)="(javascript|\/\/|https?:)/);
      expect(response.headers.get("set-cookie"), request).toBeNull();
      expect(response.headers.get("cache-control"), request).toBe("no-store");
      expect(response.headers.get("content-security-policy"), request).toContain("default-src 'none'");
      expect(response.headers.get("x-content-type-options"), request).toBe("nosniff");
    }
    expect(panel.talk.fetched).toEqual([]);
    expect(panel.lines).toEqual([]);
  },
);

test("the panel answers a query that is malformed, repeated or huge", async () => {
  const panel = createTestPanel(ALONE);
  for (const query of ["?%", "?%E0%A4%A", "?=&=&&", "?search=a&search=b", `?${"a=1&".repeat(3_000)}`])
    expect((await panel.ask({ path: `/conversations${query}` })).status, query.slice(0, 20)).toBe(200);
});

test.each([
  "/%2e%2e/%2e%2e/etc/passwd",
  "/..%2fscript.js",
  "/script.js/",
  "/script.js%00",
  "//script.js",
  "/SCRIPT.JS",
])("the panel has no file at %s", async (path) => {
  expect((await createTestPanel(ALONE).ask({ path })).status).toBe(404);
});

test("a search in conversations compares only its first hundred characters", async () => {
  const panel = createTestPanel(ALONE);
  await saveEvent(panel.talk.store, { From: "+15551", Body: "a".repeat(100) }, 1);
  const html = await (await panel.ask({ path: `/conversations?search=${"a".repeat(5_000)}` })).text();
  expect(html).toContain(`value="${"a".repeat(100)}"`);
  expect(html).toContain("+15551");
});

test("a HEAD request for a file or the event stream of the panel leaves nothing open", async () => {
  const panel = createTestPanel(ALONE);
  const { store } = panel.talk;
  let cancelled = 0;
  let listening = 0;
  Object.assign(panel.talk.live, { onChange: () => void (listening += 1) });
  panel.talk.media = () => ({
    ok: true,
    type: "image/png",
    body: new ReadableStream({ cancel: () => void (cancelled += 1) }),
    length: null,
    hasParts: false,
    part: null,
  });
  const MediaUrl0 = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
  await saveEvent(store, { From: "+15551", Body: "hi", NumMedia: "1", MediaUrl0 }, 1);
  const event = store.activity.history(null, 1)[0]?.seq;
  for (const path of [`/media?event=${event}&number=0&id=ME1`, "/events"]) {
    const response = await panel.ask({ method: "HEAD", path });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  }
  expect(cancelled).toBe(1);
  expect(listening).toBe(0);
});
