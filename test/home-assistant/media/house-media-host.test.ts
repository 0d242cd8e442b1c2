import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

import { expect, test, vi } from "vitest";

import { HomeAssistantUnavailableError } from "../../../src/home-assistant/connection/errors.ts";
import { createHouseMediaHost } from "../../../src/home-assistant/media/house-media-host.ts";
import type { HouseFile } from "../../../src/media/ports.ts";
import { createTestClock } from "../../app/create-test-clock.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

const PICTURE = { type: "image/png", content: new Uint8Array([0x89, 0x50, 0, 255, 13, 10]) };
const SOUND = { type: "audio/mpeg", content: new Uint8Array([1, 2, 3]) };
const TEN_MINUTES = 600_000;

/** The upload of Home Assistant's REST API, and its commands. */
async function startHouse(addresses: object = { external_url: "https://home.example/" }) {
  const uploads: { readonly path: string; readonly form: FormData }[] = [];
  const commands: Readonly<Record<string, unknown>>[] = [];
  const state = { isAway: false, files: [] as readonly HouseFile[] };
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      uploads.push({ path: request.url ?? "", form: await new Response(body, { headers }).formData() });
      const id = `media-source://media_source/local/${uploads.length}.mp3`;
      response.end(JSON.stringify({ id: `image${uploads.length}`, media_content_id: id }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const clock = createTestClock();
  const stopping = new AbortController();
  const host = createHouseMediaHost({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: "token",
    request(message) {
      if (state.isAway) return Promise.reject(new HomeAssistantUnavailableError("away", false));
      commands.push(message);
      if (message.type === "network/url" || message.type === "get_config") return Promise.resolve(addresses);
      return Promise.resolve({ url: "/media/local/1.mp3?authSig=x" });
    },
    memory: { get: () => state.files, set: (files) => void (state.files = files) },
    ...SYSTEM_PARTS,
    clock,
    stopping: stopping.signal,
  });
  return {
    host,
    uploads,
    state,
    clock,
    deleted: () => commands.filter(({ type }) => /delete|remove/.test(String(type))),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      server.close();
      await once(server, "close");
    },
  };
}

test("through Home Assistant, a picture is published unchanged in its image store, and deleted after ten minutes", async () => {
  await using house = await startHouse();
  using stopped = house.clock.stop();
  expect(await house.host.publish(PICTURE)).toEqual({
    ok: true,
    url: "https://home.example/api/image/serve/image1/original",
  });
  const file = house.uploads[0]?.form.get("file");
  expect(file).toBeInstanceOf(File);
  expect(new Uint8Array(await (file as File).arrayBuffer())).toEqual(PICTURE.content);
  expect(house.deleted()).toEqual([]);
  stopped.advance(TEN_MINUTES);
  await vi.waitFor(() => expect(house.deleted()).toEqual([{ type: "image/delete", image_id: "image1" }]));
  await vi.waitFor(() => expect(house.state.files).toEqual([]));
});

test("through Home Assistant, a sound is published in its media folder, at a signed URL", async () => {
  await using house = await startHouse();
  expect(await house.host.publish(SOUND)).toEqual({
    ok: true,
    url: "https://home.example/media/local/1.mp3?authSig=x",
  });
  expect(house.uploads[0]).toMatchObject({ path: "/api/media_source/local_source/upload" });
  expect(house.uploads[0]?.form.get("media_content_id")).toBe("media-source://media_source/local/.");
});

test("a published file that could not be deleted in time is deleted when Home Assistant is back, also after a restart of the app", async () => {
  await using house = await startHouse();
  const { host, state } = house;
  state.files = [
    { kind: "sound", id: "media-source://media_source/local/a.mp3", until: Date.now() - 1 },
    { kind: "image", id: "young", until: Date.now() + TEN_MINUTES },
  ];
  state.isAway = true;
  host.deleteOld();
  await new Promise((resolve) => void setImmediate(resolve));
  expect(state.files).toHaveLength(2);
  state.isAway = false;
  host.deleteOld();
  await vi.waitFor(() => expect(state.files.map(({ id }) => id)).toEqual(["young"]));
  expect(house.deleted()).toMatchObject([{ type: "media_source/local_source/remove" }]);
});

test("if Home Assistant has no URL that Twilio can reach, a picture is not published, and the error says what is missing", async () => {
  await using house = await startHouse({ external_url: null, cloud: null });
  expect(await house.host.publish(PICTURE)).toMatchObject({
    ok: false,
    message: expect.stringContaining("Enter an external URL in Home Assistant"),
    isTransient: false,
  });
  expect(house.uploads).toEqual([]);
});

test("without an external URL, files are published at the remote URL of Home Assistant Cloud", async () => {
  await using house = await startHouse({ external_url: null, cloud: "https://abc.ui.nabu.casa" });
  expect(await house.host.publish(PICTURE)).toMatchObject({
    url: "https://abc.ui.nabu.casa/api/image/serve/image1/original",
  });
});
