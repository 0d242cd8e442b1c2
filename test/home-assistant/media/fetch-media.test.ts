import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { connectHomeAssistant } from "../../../src/home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../../../src/home-assistant/connection/connect.ts";
import { createMediaFetcher } from "../../../src/home-assistant/media/fetch-media.ts";
import { JPEG, MP3, PNG } from "../../media/sample-files.ts";
import { startHttp } from "../../sockets/start-server.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";
import { startFakeHomeAssistant } from "../fake/start-fake-home-assistant.ts";
import type { FakeHomeAssistant } from "../fake/start-fake-home-assistant.ts";
import { until } from "../start-house.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const MOST = 5_000_000;
const DOOR = { kind: "picture", entityId: "camera.door" } as const;
const BELL = { kind: "media_source", id: "media-source://media_source/local/bell.mp3" } as const;

let fake: FakeHomeAssistant;
let home: HomeAssistantConnection;

beforeEach(async () => {
  fake = await startFakeHomeAssistant();
  home = connectHomeAssistant({ ...SYSTEM_PARTS, url: fake.url, token: fake.token, logger: SILENT });
  await until(() => home.running);
});
afterEach(async () => {
  await home[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

function fetcher({ url = fake.url, timeoutMs = 5_000 } = {}) {
  return createMediaFetcher({ ...SYSTEM_PARTS, url, token: fake.token, request: home.request, timeoutMs });
}

test("a picture that comes with a wrong content type gets its real type", async () => {
  fake.media.pictures.set("camera.door", { type: "image/jpeg; charset=x", content: PNG });
  expect(await fetcher()(DOOR, MOST)).toMatchObject({ kind: "fetched", type: "image/png" });
});

test("a media file without a useful content type gets the type that Home Assistant announced", async () => {
  fake.media.sources.set(BELL.id, { url: "/api/tts_proxy/x.mp3", mime_type: "audio/mpeg" });
  fake.media.files.set("/api/tts_proxy/x.mp3", { type: "application/octet-stream", content: MP3 });
  expect(await fetcher()(BELL, MOST)).toMatchObject({ kind: "fetched", type: "audio/mpeg" });
});

test("a media file without a content length is abandoned as soon as it is larger than the limit", async () => {
  fake.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG, chunked: true });
  expect(await fetcher()(DOOR, 100)).toEqual({ kind: "too_large", type: "image/jpeg", size: null });
  expect(await fetcher()(DOOR, JPEG.length)).toMatchObject({ kind: "fetched" });
});

test.each([
  [503, "camera.door is switched off."],
  [500, "camera.door has no picture at present."],
  [502, "camera.door: Home Assistant is not running yet."],
  [418, "camera.door cannot be fetched: the answer is HTTP 418."],
])(
  "a picture for which Home Assistant answers HTTP %i is reported as temporarily unavailable, in a full sentence",
  async (status, message) => {
    fake.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG, status });
    expect(await fetcher()(DOOR, MOST)).toEqual({ kind: "unavailable", message });
  },
);

test("an empty picture is reported as temporarily unavailable", async () => {
  fake.media.pictures.set("camera.door", { type: "image/jpeg", content: new Uint8Array() });
  expect(await fetcher()(DOOR, MOST)).toEqual({
    kind: "unavailable",
    message: "camera.door is an empty file.",
  });
});

test("a camera's answer that is called a JPEG but is no picture is reported as temporarily unavailable", async () => {
  const content = Buffer.from("<html>The camera restarts</html>");
  fake.media.pictures.set("camera.door", { type: "image/jpeg", content });
  expect(await fetcher()(DOOR, MOST)).toEqual({
    kind: "unavailable",
    message: "camera.door is called image/jpeg, but it is no such picture.",
  });
});

test("a sound that breaks off, as from a voice engine that fails, is reported as temporarily unavailable", async () => {
  fake.media.sources.set(BELL.id, { url: "/api/tts_proxy/x.mp3", mime_type: "audio/mpeg" });
  fake.media.files.set("/api/tts_proxy/x.mp3", { type: "audio/mpeg", content: MP3, breaksOff: true });
  expect(await fetcher()(BELL, MOST)).toEqual({
    kind: "unavailable",
    message: `${BELL.id}: the connection was lost.`,
  });
});

test("a request to a camera that does not answer ends with a timeout", async () => {
  fake.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG, silent: true });
  expect(await fetcher({ timeoutMs: 100 })(DOOR, MOST)).toEqual({
    kind: "unavailable",
    message: "camera.door could not be fetched within 0.1 s.",
  });
});

test("a live stream of a camera is refused as media of a message", async () => {
  fake.media.sources.set(BELL.id, { url: "/api/stream", mime_type: "image/jpeg" });
  fake.media.files.set("/api/stream", { type: "multipart/x-mixed-replace; boundary=x", content: JPEG });
  expect(await fetcher()(BELL, MOST)).toMatchObject({
    kind: "refused",
    message: `${BELL.id} is a live stream, which cannot be sent.`,
  });
});

test.each(["spotify:track:1", "rtsp://camera.example/live", "//elsewhere.example/x"])(
  "media whose source resolves to %s are refused",
  async (url) => {
    fake.media.sources.set(BELL.id, { url, mime_type: "audio/mpeg" });
    expect(await fetcher()(BELL, MOST)).toMatchObject({ kind: "refused" });
  },
);

test("while Home Assistant is away, its media are reported as temporarily unavailable", async () => {
  await using alone = connectHomeAssistant({
    ...SYSTEM_PARTS,
    url: "http://127.0.0.1:1",
    token: "x",
    logger: SILENT,
  });
  const fetchMedia = createMediaFetcher({
    ...SYSTEM_PARTS,
    url: "http://127.0.0.1:1",
    token: "x",
    request: alone.request,
  });
  expect(await fetchMedia(DOOR, MOST)).toEqual({
    kind: "unavailable",
    message: "camera.door cannot be fetched: 127.0.0.1:1 cannot be reached.",
  });
  expect(await fetchMedia(BELL, MOST)).toEqual({
    kind: "unavailable",
    message: `${BELL.id}: Home Assistant is not connected.`,
  });
});

test("the access token is sent neither to other hosts nor to the target of a redirect", async () => {
  const tokens: (string | undefined)[] = [];
  await using other = await startHttp((request, response) => {
    tokens.push(request.headers.authorization);
    response.writeHead(200, { "Content-Type": "audio/mpeg" }).end(MP3);
  });
  const elsewhere = `http://127.0.0.1:${other.port}/x.mp3`;
  fake.media.sources.set(BELL.id, { url: elsewhere, mime_type: "audio/mpeg" });
  expect(await fetcher()(BELL, MOST)).toMatchObject({ kind: "fetched", type: "audio/mpeg" });
  expect(tokens).toEqual([undefined]);

  await using misled = await startHttp((_request, response) => {
    response.writeHead(302, { Location: elsewhere }).end();
  });
  const url = `http://127.0.0.1:${misled.port}`;
  expect(await fetcher({ url })(DOOR, MOST)).toMatchObject({ kind: "unavailable" });
  expect(tokens).toEqual([undefined]);
});

describe("if another server answers a request for a media file with a redirect,", () => {
  /** Serves a file at `/file`, and redirects all other paths. */
  async function fetchVia(location: string): Promise<unknown> {
    await using server = await startHttp((request, response) => {
      if (request.url === "/file") response.writeHead(200, { "Content-Type": "audio/mpeg" }).end(MP3);
      else response.writeHead(302, { Location: location.replace("OWN", request.headers.host ?? "") }).end();
    });
    fake.media.sources.set(BELL.id, { url: `http://127.0.0.1:${server.port}/x`, mime_type: "audio/mpeg" });
    return await fetcher()(BELL, MOST);
  }

  test.each(["/file", "http://OWN/file", "file"])(
    "the app follows a redirect to %s on the same host",
    async (location) => {
      expect(await fetchVia(location)).toMatchObject({ kind: "fetched", type: "audio/mpeg" });
    },
  );

  test.each(["http://127.0.0.1:PORT/", "http://localhost:PORT/", "//[::1]:PORT/", "http://127.1:PORT/"])(
    "the app does not follow a redirect to another host, %s",
    async (location) => {
      await using other = await startHttp((_request, response) => void response.end(MP3));
      const answer = await fetchVia(location.replace("PORT", String(other.port)));
      expect(answer).toMatchObject({ kind: "unavailable" });
      expect(other.connections()).toBe(0);
    },
  );

  test("the app gives up if the redirects never end", async () => {
    expect(await fetchVia("/again")).toMatchObject({ kind: "unavailable" });
  });
});

describe("with Supervisor, which passes the app's requests to Home Assistant,", () => {
  const behind = () => fetcher({ url: `${fake.url}/core` });

  test("pictures and files under /api are fetched through Supervisor", async () => {
    fake.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG });
    fake.media.sources.set(BELL.id, { url: "/api/tts_proxy/x.mp3", mime_type: "audio/mpeg" });
    fake.media.files.set("/api/tts_proxy/x.mp3", { type: "audio/mpeg", content: MP3 });
    expect(await behind()(DOOR, MOST)).toMatchObject({ kind: "fetched" });
    expect(await behind()(BELL, MOST)).toMatchObject({ kind: "fetched" });
    expect(fake.media.requests.map(({ path }) => path)).toEqual([
      "/core/api/camera_proxy/camera.door",
      "/core/api/tts_proxy/x.mp3",
    ]);
  });

  test.each([
    "/api/../../addons",
    "/api/%2e%2e/%2e%2e/addons",
    "/api/..\\..\\addons",
    "/api/x/../../../supervisor/info",
  ])("the path %s does not lead the request with the token to another part of Supervisor", async (url) => {
    fake.media.sources.set(BELL.id, { url, mime_type: "audio/mpeg" });
    expect(await behind()(BELL, MOST)).toMatchObject({ kind: "refused" });
    expect(fake.media.requests).toEqual([]);
  });

  test("a file of the media folder is fetched from Home Assistant's internal URL, without the token", async () => {
    fake.media.files.set("/media/local/bell.mp3", { type: "audio/mpeg", content: MP3 });
    fake.media.internalUrl = fake.url;
    expect(await behind()(BELL, MOST)).toMatchObject({ kind: "fetched", type: "audio/mpeg" });
    expect(fake.media.requests).toEqual([{ path: "/media/local/bell.mp3", authorization: undefined }]);
  });

  test("without an internal URL, a file of the media folder is refused, and the error says what to set", async () => {
    fake.media.files.set("/media/local/bell.mp3", { type: "audio/mpeg", content: MP3 });
    expect(await behind()(BELL, MOST)).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/Supervisor does not forward the file .*bell\.mp3.*internal URL/),
    });
  });
});
