import type { IncomingMessage, ServerResponse } from "node:http";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { CERTIFICATE } from "../../sockets/localhost-certificate.ts";
import { startHttp, startHttps } from "../../sockets/start-server.ts";
import { createTestMedia } from "./create-test-media.ts";
import type { TestMediaOptions } from "./create-test-media.ts";
import { lookupOnly } from "./lookup-only.ts";

const ACCOUNT = `AC${"0".repeat(32)}`;
const MEDIA = `/2010-04-01/Accounts/${ACCOUNT}/Messages/MM1/Media/ME1`;
const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT}:token`).toString("base64")}`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let undo = new AsyncDisposableStack();
let asked: { path: string; authorization: string | undefined }[] = [];
beforeEach(() => (asked = []));
afterEach(async () => {
  await undo.disposeAsync();
  undo = new AsyncDisposableStack();
});

async function serve(answer: Answer): Promise<string> {
  const server = undo.use(
    await startHttp((request, response) => {
      asked.push({ path: request.url ?? "", authorization: request.headers.authorization });
      answer(request, response);
    }),
  );
  return `http://127.0.0.1:${server.port}`;
}

/** Serves the target of a redirect, as another host on this machine. */
async function serveElsewhere(answer: Answer): Promise<string> {
  const server = undo.use(
    await startHttps((request, response) => {
      asked.push({ path: request.url ?? "", authorization: request.headers.authorization });
      answer(request, response);
    }),
  );
  return `https://localhost:${server.port}`;
}

/** Some machines resolve `localhost` also to ::1, on which nothing listens. */
const lookup = lookupOnly({ localhost: ["127.0.0.1"] });
const ELSEWHERE = { elsewhere: { ca: CERTIFICATE, isAllowed: (ip: string) => ip === "127.0.0.1", lookup } };

const picture: Answer = (_request, response) =>
  void response.writeHead(200, { "content-type": "image/jpeg" }).end("picture");

function account(over: { apiBaseUrl?: string; standIn?: string } = {}) {
  return {
    accountSid: ACCOUNT,
    username: ACCOUNT,
    password: "token",
    apiBaseUrl: null,
    region: null,
    edge: null,
    ...over,
  };
}

const fetcher = (standIn: string, options: TestMediaOptions = {}) =>
  createTestMedia(account({ standIn }), options);

test("the app fetches a file of the Twilio account with the account's credentials", async () => {
  const media = await fetcher(await serve(picture))(`https://api.twilio.com${MEDIA}`);
  if (!media.ok) throw new Error(media.why);
  expect(media.type).toBe("image/jpeg");
  expect(await new Response(media.body).text()).toBe("picture");
  expect(asked).toEqual([{ path: MEDIA, authorization: AUTHORIZATION }]);
});

test("the app fetches a recording with the account's credentials, even if the provider's API address has a path", async () => {
  const url = `${await serve((_request, response) => void response.writeHead(200, { "content-type": "audio/x-wav" }).end("wav"))}/api/laml`;
  const fetchMedia = createTestMedia(account({ apiBaseUrl: url }));
  const recording = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/RE1`;
  expect(await fetchMedia(`${url}${recording}`)).toMatchObject({ ok: true, type: "audio/x-wav" });
  expect(asked.map(({ path }) => path)).toEqual([`/api/laml${recording}`]);
  expect(await fetchMedia(`https://api.twilio.com${recording}`)).toMatchObject({ why: "refused" });
});

describe("the app sends its Twilio credentials only to the URL of a file of its account at Twilio:", () => {
  test.each([
    `https://evil.example${MEDIA}`,
    `http://api.twilio.com${MEDIA}`,
    `https://api.twilio.com.evil.example${MEDIA}`,
    `https://api.twilio.com@evil.example${MEDIA}`,
    `https://user:secret@api.twilio.com${MEDIA}`,
    `https://api.twilio.com:444${MEDIA}`,
    `https://api.twilio.com/2010-04-01/Accounts/AC${"1".repeat(32)}/Messages/MM1/Media/ME1`,
    `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}.json`,
    `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/MM1/Media/../../../Keys.json`,
    `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/MM1/Media/%2e%2e/%2e%2e/MM2.json`,
    `https://api.twilio.com//evil.example${MEDIA}`,
    "file:///etc/passwd",
    "no address",
    "",
  ])("not to %s in place of a file's URL", async (forged) => {
    const media = await fetcher(await serve(picture))(forged);
    expect(media).toEqual({ ok: false, why: "refused" });
    expect(asked).toEqual([]);
  });

  test("not to another host to which a redirect leads", async () => {
    const files = await serveElsewhere(picture);
    const api = await serve(
      (_request, response) => void response.writeHead(307, { location: `${files}/a?signed=1` }).end(),
    );
    expect(await fetcher(api, ELSEWHERE)(`https://api.twilio.com${MEDIA}`)).toMatchObject({ ok: true });
    expect(asked).toEqual([
      { path: MEDIA, authorization: AUTHORIZATION },
      { path: "/a?signed=1", authorization: undefined },
    ]);
  });

  test("not even to the same host after a redirect", async () => {
    const api = await serve((request, response) => {
      if (request.url === MEDIA) response.writeHead(307, { location: "/again" }).end();
      else picture(request, response);
    });
    expect(await fetcher(api)(`https://api.twilio.com${MEDIA}`)).toMatchObject({ ok: true });
    expect(asked.at(-1)).toEqual({ path: "/again", authorization: undefined });
  });
});

test("the app gives up on a file if the redirects never end", async () => {
  const api = await serve((_request, response) => void response.writeHead(307, { location: "/again" }).end());
  expect(await fetcher(api)(`https://api.twilio.com${MEDIA}`)).toEqual({ ok: false, why: "away" });
  expect(asked).toHaveLength(4);
});

test.each(["file:///etc/passwd", "ftp://a.example/x", "//"])(
  "the app does not follow a redirect of a file to %s",
  async (location) => {
    const api = await serve((_request, response) => void response.writeHead(307, { location }).end());
    expect(await fetcher(api)(`https://api.twilio.com${MEDIA}`)).toEqual({ ok: false, why: "refused" });
  },
);

test.each(["text/html", "image/svg+xml", "application/javascript", "text/vcard", ""])(
  "the app does not show a file of the type '%s'",
  async (type) => {
    const api = await serve(
      (_request, response) => void response.writeHead(200, { "content-type": type }).end("x"),
    );
    expect(await fetcher(api)(`https://api.twilio.com${MEDIA}`)).toEqual({ ok: false, why: "unreadable" });
  },
);

test("the app refuses a file above the limit because of its length, or stops reading if the length is unknown", async () => {
  const big = "x".repeat(2000);
  const withLength = await serve(
    (_request, response) =>
      void response.writeHead(200, { "content-type": "image/png", "content-length": big.length }).end(big),
  );
  const options = { maxBytes: 1000 };
  expect(await fetcher(withLength, options)(`https://api.twilio.com${MEDIA}`)).toEqual({
    ok: false,
    why: "unreadable",
  });
  const withoutLength = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "image/png" });
    response.write(big);
    response.end();
  });
  const media = await fetcher(withoutLength, options)(`https://api.twilio.com${MEDIA}`);
  if (!media.ok) throw new Error(media.why);
  await expect(new Response(media.body).text()).rejects.toThrow("too large");
});

describe("a range of a file, which browsers request to play it,", () => {
  const file: Answer = (request, response) => {
    const [, from = 0, to = 0] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    if (request.headers.range === undefined)
      return void response
        .writeHead(200, { "content-type": "audio/mpeg", "content-length": 8, "accept-ranges": "bytes" })
        .end("01234567");
    if (Number(from) > 7) return void response.writeHead(416, { "content-range": "bytes */8" }).end();
    const part = "01234567".slice(Number(from), Number(to) + 1);
    const headers = { "content-length": part.length, "content-range": `bytes ${from}-${to}/8` };
    response.writeHead(206, { "content-type": "audio/mpeg", ...headers }).end(part);
  };

  test("is requested again after a redirect, and its answer is marked as a range", async () => {
    const files = await serveElsewhere(file);
    const api = await serve(
      (_request, response) => void response.writeHead(307, { location: `${files}/a` }).end(),
    );
    const media = await fetcher(api, ELSEWHERE)(`https://api.twilio.com${MEDIA}`, undefined, "bytes=2-4");
    expect(media).toMatchObject({ ok: true, length: 3, hasParts: true, part: "bytes 2-4/8" });
    const text = media.ok ? await new Response(media.body).text() : media.why;
    expect(text).toBe("234");
  });

  test.each([null, "bytes=0-1,3-4", "bytes=-", "pages=1-2", "bytes=0-1\u00e9"])(
    "with the invalid value '%s' gets the whole file",
    async (range) => {
      const media = await fetcher(await serve(file))(`https://api.twilio.com${MEDIA}`, undefined, range);
      expect(media).toMatchObject({ ok: true, length: 8, hasParts: true, part: null });
    },
  );

  test("beyond the end of the file is reported, and a range of a file above the limit is refused", async () => {
    const api = await serve(file);
    const address = `https://api.twilio.com${MEDIA}`;
    expect(await fetcher(api)(address, undefined, "bytes=8-9")).toEqual({ ok: false, why: "beyond" });
    const small = fetcher(api, { maxBytes: 7 });
    expect(await small(address, undefined, "bytes=0-1")).toEqual({ ok: false, why: "unreadable" });
  });
});

test.each([
  [404, "gone"],
  [401, "away"],
  [500, "away"],
] as const)("a file for which Twilio answers HTTP %i is reported as %s", async (status, why) => {
  const api = await serve((_request, response) => void response.writeHead(status).end());
  expect(await fetcher(api)(`https://api.twilio.com${MEDIA}`)).toEqual({ ok: false, why });
});

test("a file is reported as `away` if its server is silent or unreachable", async () => {
  const silent = await serve(() => undefined);
  const options = { timeoutMs: 50 };
  expect(await fetcher(silent, options)(`https://api.twilio.com${MEDIA}`)).toEqual({
    ok: false,
    why: "away",
  });
  expect(await fetcher("http://127.0.0.1:1")(`https://api.twilio.com${MEDIA}`)).toEqual({
    ok: false,
    why: "away",
  });
});
