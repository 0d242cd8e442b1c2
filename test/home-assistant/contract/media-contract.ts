import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { connectHomeAssistant } from "../../../src/home-assistant/connection/connect.ts";
import type { HomeAssistantConnection } from "../../../src/home-assistant/connection/connect.ts";
import { createMediaFetcher } from "../../../src/home-assistant/media/fetch-media.ts";
import { SYSTEM_PARTS } from "../../system-parts.ts";

const SILENT = { debug() {}, info() {}, warning() {}, error() {} };

/**
 * A Home Assistant that has `camera.door` (JPEG), `camera.broken`, `image.plan` (PNG) and `bell sound.mp3` in its
 * media folder.
 */
export interface MediaHouse extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** The content of these files. */
  readonly door: Uint8Array;
  readonly plan: Uint8Array;
  readonly bell: Uint8Array;
}

/** Tests how Home Assistant serves media, with the fake and with a real Core. */
export function testMediaContract(start: () => Promise<MediaHouse>): void {
  let house: MediaHouse;
  let home: HomeAssistantConnection;
  let fetchMedia: ReturnType<typeof createMediaFetcher>;

  beforeAll(async () => {
    house = await start();
    home = connectHomeAssistant({ ...SYSTEM_PARTS, url: house.url, token: house.token, logger: SILENT });
    fetchMedia = createMediaFetcher({
      ...SYSTEM_PARTS,
      url: house.url,
      token: house.token,
      request: home.request,
    });
    await vi.waitFor(() => expect(home.running).toBe(true), { interval: 10 });
  });
  afterAll(async () => {
    await home[Symbol.asyncDispose]();
    await house[Symbol.asyncDispose]();
  });

  const MOST = 5_000_000;

  test("the current picture of a camera comes with its content type", async () => {
    const fetched = await fetchMedia({ kind: "picture", entityId: "camera.door" }, MOST);
    expect(fetched).toMatchObject({ kind: "fetched", type: "image/jpeg" });
    expect(bytesOf(fetched)).toEqual(Buffer.from(house.door));
  });

  test("the current picture of an image entity comes with its content type", async () => {
    const fetched = await fetchMedia({ kind: "picture", entityId: "image.plan" }, MOST);
    expect(fetched).toMatchObject({ kind: "fetched", type: "image/png" });
    expect(bytesOf(fetched)).toEqual(Buffer.from(house.plan));
  });

  test("a file of the media folder comes with its content type, also if its name has a space", async () => {
    const id = "media-source://media_source/local/bell sound.mp3";
    const fetched = await fetchMedia({ kind: "media_source", id }, MOST);
    expect(fetched).toMatchObject({ kind: "fetched", type: "audio/mpeg" });
    expect(bytesOf(fetched)).toEqual(Buffer.from(house.bell));
  });

  test.each(["camera.nowhere", "image.nowhere"])(
    "a picture of the entity %s, which does not exist, is refused",
    async (entityId) => {
      expect(await fetchMedia({ kind: "picture", entityId }, MOST)).toEqual({
        kind: "refused",
        message: `${entityId} does not exist in Home Assistant.`,
      });
    },
  );

  test.each(["media-source://media_source/nowhere/x.mp3", "media-source://nobody/x"])(
    "the media source %s, which does not exist, is refused with Home Assistant's reason",
    async (id) => {
      expect(await fetchMedia({ kind: "media_source", id }, MOST)).toEqual({
        kind: "refused",
        message: expect.stringContaining(`Home Assistant cannot find ${id}: `),
      });
    },
  );

  test("a camera that fails is reported as temporarily unavailable", async () => {
    expect(await fetchMedia({ kind: "picture", entityId: "camera.broken" }, MOST)).toEqual({
      kind: "unavailable",
      message: "camera.broken has no picture at present.",
    });
  });

  test("a file that is larger than the limit is not read, and the error has its size", async () => {
    expect(await fetchMedia({ kind: "picture", entityId: "camera.door" }, 10)).toEqual({
      kind: "too_large",
      type: "image/jpeg",
      size: house.door.length,
    });
  });

  test("with a wrong token, a file is reported as temporarily unavailable", async () => {
    const fetchAsStranger = createMediaFetcher({
      ...SYSTEM_PARTS,
      url: house.url,
      token: "wrong",
      request: home.request,
    });
    expect(await fetchAsStranger({ kind: "picture", entityId: "camera.door" }, MOST)).toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("does not let the app fetch it"),
    });
  });
}

function bytesOf(fetched: { readonly kind: string; readonly content?: Uint8Array }): Buffer | null {
  return fetched.content === undefined ? null : Buffer.from(fetched.content);
}
