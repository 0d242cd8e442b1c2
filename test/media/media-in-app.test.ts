import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { startHouse, THEIRS } from "../app/start-house.ts";
import type { TestHouse } from "../app/start-house.ts";
import { PUBLIC_URL } from "../app/start-test-app.ts";
import { openTcp } from "../sockets/open-tcp.ts";
import { JPEG, MP3 } from "./sample-files.ts";

const REQUEST = {
  request_id: "req_1",
  command: "send_message",
  payload: { to: THEIRS, message: "Somebody is at the door", media: "camera.door" },
};

async function settles(check: () => void): Promise<void> {
  await vi.waitFor(check, { interval: 5 });
}

async function houseWithCamera(options: Readonly<Record<string, unknown>> = {}): Promise<TestHouse> {
  const house = await startHouse(options);
  house.home.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG });
  return house;
}

/** Sends the picture and returns the path at which it is published. */
async function publishedPath(house: TestHouse): Promise<string> {
  house.request(REQUEST);
  await settles(() => expect(house.posts()).toBe(1));
  const url = String(house.twilio.requests().at(-1)?.form["MediaUrl"]);
  expect(url.startsWith(`${PUBLIC_URL}/`)).toBe(true);
  return url.slice(PUBLIC_URL.length);
}

function ask(house: TestHouse, path: string, method = "GET"): Promise<Response> {
  return fetch(`http://127.0.0.1:${house.app.port}${path}`, { method });
}

test("Twilio can fetch a camera's picture with HEAD and GET, and no cache stores it", async () => {
  await using house = await houseWithCamera();
  const path = await publishedPath(house);
  expect(path).toMatch(/^\/media\/[\w-]{22,}$/);
  for (const method of ["HEAD", "GET"]) {
    const response = await ask(house, path, method);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-length": String(JPEG.length),
      "content-disposition": 'inline; filename="media.jpg"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    });
    expect(await response.bytes()).toEqual(method === "HEAD" ? new Uint8Array() : JPEG);
  }
  await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
  expect(house.twilio.violations()).toEqual([]);
});

test("all recipients of a message get the same picture, which is fetched from Home Assistant once", async () => {
  await using house = await houseWithCamera();
  const to = [THEIRS, "+12125550124", "+12125550125"];
  house.request({ ...REQUEST, payload: { ...REQUEST.payload, to } });
  await settles(() => expect(house.posts()).toBe(3));
  const urls = house.twilio.requests().map(({ form }) => form["MediaUrl"]);
  expect(new Set(urls).size).toBe(1);
  expect(house.home.media.requests).toHaveLength(1);
});

test("a sound file from Home Assistant plays in a call", async () => {
  await using house = await startHouse();
  house.home.media.files.set("/media/local/bell.mp3", { type: "audio/mpeg", content: MP3 });
  const play = "media-source://media_source/local/bell.mp3";
  house.request({ request_id: "req_2", command: "make_call", payload: { to: THEIRS, play } });
  await settles(() => expect(house.posts()).toBe(1));
  const twiml = String(house.twilio.requests().at(-1)?.form["Twiml"]);
  const url = /<Play>([^<]+)<\/Play>/.exec(twiml)?.[1] ?? "";
  expect(await (await ask(house, url.slice(PUBLIC_URL.length))).bytes()).toEqual(MP3);
});

test("a published picture can be fetched after a restart of the app, too", async () => {
  await using house = await houseWithCamera();
  const path = await publishedPath(house);
  await house.app.restart();
  expect(await (await ask(house, path)).bytes()).toEqual(JPEG);
});

test("if public_url has a path, a published file is found with and without that path", async () => {
  await using house = await houseWithCamera({ public_url: `${PUBLIC_URL}/twilio` });
  const path = await publishedPath(house);
  expect(path).toMatch(/^\/twilio\/media\//);
  for (const requested of [path, path.replace("/twilio", "")]) {
    expect((await ask(house, requested)).status).toBe(200);
  }
});

test("only GET and HEAD requests for published files are answered", async () => {
  await using house = await houseWithCamera();
  const path = await publishedPath(house);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const response = await ask(house, path, method);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  }
  const [name = ""] = await readdir(join(house.app.directory, "media"));
  const others = [`/media/${"a".repeat(32)}`, "/media/", "/media", `${path}/x`, `${path}x`, `/media/${name}`];
  for (const other of others) expect((await ask(house, other)).status, other).toBe(404);
  expect((await ask(house, path)).status).toBe(200);
});

test.each(["/media/../journal.db", "/media/..%2fjournal.db", "/media/%2e%2e%2fjournal.db", "/media/%ff%00"])(
  "a request for the media path %s is answered with 400 or 404",
  async (target) => {
    await using house = await startHouse();
    // An HTTP client would normalize the path, so the request is written by hand.
    const socket = openTcp(house.app.port);
    socket.end(`GET ${target} HTTP/1.1\r\nHost: home.example\r\nConnection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    await once(socket, "close");
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 40[04] /);
  },
);

test("the log never contains the URL of a published file", async () => {
  await using house = await houseWithCamera();
  const path = await publishedPath(house);
  await ask(house, path);
  await ask(house, path, "POST");
  await ask(house, `${path}/x`, "DELETE");
  await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
  expect(house.app.lines.join("\n")).not.toContain(path.split("/").at(-1));
});

test("a message with the picture of a camera that fails is not sent without the picture, and is sent when the camera works again", async () => {
  await using house = await houseWithCamera();
  const failing = { type: "image/jpeg", content: JPEG, status: 500 };
  house.home.media.pictures.set("camera.door", failing);
  house.request({ ...REQUEST, timeout: 10 });
  await settles(() => expect(house.home.media.requests.length).toBeGreaterThan(0));
  expect(house.posts()).toBe(0);
  house.home.media.pictures.set("camera.door", { type: "image/jpeg", content: JPEG });
  await settles(() => expect(house.fired("twilio_result")).toMatchObject([{ ok: true }]));
});

test.each([
  ["camera.nowhere", "camera.nowhere does not exist in Home Assistant."],
  ["media-source://nobody/x", "Home Assistant cannot find media-source://nobody/x: "],
])(
  "if the media %s cannot be sent, the error of the result names them, and nothing is sent",
  async (media, message) => {
    await using house = await houseWithCamera();
    house.request({ ...REQUEST, payload: { ...REQUEST.payload, media } });
    await settles(() => expect(house.fired("twilio_result")).toHaveLength(1));
    expect(house.fired("twilio_result")[0]).toMatchObject({
      ok: false,
      error: { code: "invalid", message: expect.stringContaining(message) },
    });
    expect(house.posts()).toBe(0);
  },
);
