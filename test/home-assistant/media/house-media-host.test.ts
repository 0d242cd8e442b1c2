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
  const uploads: { readonly path: string; readonly form: FormData; readonly remembered: number }[] = [];
  const commands: Readonly<Record<string, unknown>>[] = [];
  const images: { id: string; name: string }[] = [];
  const state = {
    isAway: false,
    files: [] as readonly HouseFile[],
    /** The HTTP status of an upload; 0 closes the connection after Home Assistant has stored the file. */
    status: 200,
    resolved: { url: "/media/local/1.mp3?authSig=x", mime_type: "audio/mpeg" },
  };
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      const form = await new Response(body, { headers }).formData();
      uploads.push({ path: request.url ?? "", form, remembered: state.files.length });
      const id = `image${uploads.length}`;
      images.push({ id, name: (form.get("file") as File).name });
      if (state.status === 0) return void response.destroy();
      response.writeHead(state.status).end(JSON.stringify({ id }));
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
      return Promise.resolve(message.type === "image/list" ? images : state.resolved);
    },
    memory: { get: () => state.files, set: (files) => void (state.files = files) },
    ...SYSTEM_PARTS,
    clock,
    stopping: stopping.signal,
  });
  return {
    host,
    uploads,
    images,
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

test.each([
  ["picture", PICTURE, 0],
  ["picture", PICTURE, 500],
  ["sound", SOUND, 0],
])(
  "a %s that Home Assistant stored is deleted later, even if the app was not told so (case %#)",
  async (_what, media, status) => {
    await using house = await startHouse();
    using stopped = house.clock.stop();
    house.state.status = status;
    expect(await house.host.publish(media)).toMatchObject({ ok: false, isTransient: true });
    // The app may be killed at any moment, so it must store the file's name before the upload.
    expect(house.uploads.map(({ remembered }) => remembered)).toEqual([1]);
    house.images.unshift({ id: "of-the-user", name: "holiday.png" });
    stopped.advance(TEN_MINUTES);
    await vi.waitFor(() => expect(house.state.files).toEqual([]));
    const name = house.images.at(-1)?.name;
    expect(house.deleted()).toEqual([
      media === PICTURE
        ? { type: "image/delete", image_id: "image1" }
        : {
            type: "media_source/local_source/remove",
            media_content_id: `media-source://media_source/local/${name}`,
          },
    ]);
  },
);

test.each([
  [PICTURE, 400, "Home Assistant refuses the file (HTTP 400)."],
  [PICTURE, 404, "Home Assistant has not loaded image_upload."],
  [
    SOUND,
    400,
    "Home Assistant refuses the file (HTTP 400). Its media folders must include one with the name local.",
  ],
  [SOUND, 404, "Home Assistant has not loaded media_source."],
  [PICTURE, 413, "Home Assistant refuses the file (HTTP 413)."],
])(
  "a file that Home Assistant refuses to store is not tried again, and the error says why: %#",
  async (media, status, message) => {
    await using house = await startHouse();
    house.state.status = status;
    expect(await house.host.publish(media)).toEqual({
      ok: false,
      message: expect.stringContaining(message),
      isTransient: false,
    });
  },
);

test.each(["application/pdf", "text/vcard"])(
  "a file of the type %s, which Home Assistant does not publish, is not uploaded, and the error says what to set",
  async (type) => {
    await using house = await startHouse();
    expect(await house.host.publish({ ...SOUND, type })).toEqual({
      ok: false,
      message: expect.stringContaining(`no files of the type ${type}`),
      isTransient: false,
    });
    expect(house.uploads).toEqual([]);
  },
);

test("a sound that Home Assistant would serve as another kind of file is not sent", async () => {
  await using house = await startHouse();
  house.state.resolved = { url: "/media/local/1.gsm?authSig=x", mime_type: "model/vnd.gdl" };
  expect(await house.host.publish({ ...SOUND, type: "audio/gsm" })).toMatchObject({
    ok: false,
    message: expect.stringContaining("no files of the type audio/gsm"),
    isTransient: false,
  });
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
    { kind: "image", id: "young.png", until: Date.now() + TEN_MINUTES },
  ];
  state.isAway = true;
  host.deleteOld();
  await new Promise((resolve) => void setImmediate(resolve));
  expect(state.files).toHaveLength(2);
  state.isAway = false;
  host.deleteOld();
  await vi.waitFor(() => expect(state.files.map(({ id }) => id)).toEqual(["young.png"]));
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

test.each([
  null,
  "",
  "http://homeassistant.local:8123",
  "http://192.168.1.5:8123",
  "http://homeassistant:8123",
])(
  "if the external URL is %j, files are published at the remote URL of Home Assistant Cloud",
  async (external) => {
    await using house = await startHouse({ external_url: external, cloud: "https://abc.ui.nabu.casa" });
    expect(await house.host.publish(PICTURE)).toMatchObject({
      url: "https://abc.ui.nabu.casa/api/image/serve/image1/original",
    });
  },
);
