import { describe, expect, test } from "vitest";

import { createOwnMediaHost } from "../../src/media/own-media-host.ts";
import type { TemporaryFileStore } from "../../src/media/ports.ts";
import { createMediaPublisher } from "../../src/media/publish-media.ts";
import type { PublishMediaOptions } from "../../src/media/publish-media.ts";
import type { MediaFetchResult } from "../../src/media/source.ts";
import { describeMediaSource } from "../../src/media/source.ts";
import { clockWith } from "../clock-with.ts";

const jpegOf = (length: number): MediaFetchResult => ({
  kind: "fetched",
  type: "image/jpg",
  content: new Uint8Array(length),
});

function offerWith(
  files: Readonly<Record<string, MediaFetchResult>>,
  over: Partial<PublishMediaOptions> & {
    readonly temporaryFiles?: TemporaryFileStore;
    readonly publicAddress?: () => string | null;
  } = {},
) {
  const fetched: string[] = [];
  const shelved: { type: string; size: number }[] = [];
  const clock = { now: 1_000_000 };
  const {
    temporaryFiles = {
      add({ type, content }) {
        shelved.push({ type, size: content.length });
        return Promise.resolve({ ok: true, token: `token-${shelved.length}` });
      },
    },
    publicAddress = () => "https://home.example/twilio",
  } = over;
  const offerMedia = createMediaPublisher({
    fetchMedia(source) {
      fetched.push(describeMediaSource(source));
      const message = `${describeMediaSource(source)} does not exist in Home Assistant.`;
      return Promise.resolve(files[describeMediaSource(source)] ?? { kind: "refused", message });
    },
    host() {
      const base = publicAddress();
      return base === null ? null : createOwnMediaHost(temporaryFiles, base);
    },
    clock: clockWith({ now: () => clock.now }),
    ...over,
  });
  return { offerMedia, fetched, shelved, clock };
}

test("addresses pass as they are, and what Home Assistant has stands at its place among them", async () => {
  const { offerMedia, shelved } = offerWith({ "camera.door": jpegOf(10) });
  expect(await offerMedia(["https://a.example/1.jpg", "camera.door", "http://b.example/2"], "sms")).toEqual({
    ok: true,
    urls: ["https://a.example/1.jpg", "https://home.example/twilio/media/token-1", "http://b.example/2"],
  });
  expect(shelved).toEqual([{ type: "image/jpeg", size: 10 }]);
  expect(await offerMedia([], "sms")).toEqual({ ok: true, urls: [] });
});

describe("the same source", () => {
  test("is fetched once for all who ask within a minute, also while it is being fetched", async () => {
    const { offerMedia, fetched, clock } = offerWith({ "camera.door": jpegOf(10) });
    const [first, second] = await Promise.all([1, 2].map(() => offerMedia(["camera.door"], "sms", "req_1")));
    clock.now += 59_000;
    const third = await offerMedia(["media-source://camera/camera.door"], "sms", "req_1");
    expect([second, third]).toEqual([first, first]);
    expect(fetched).toEqual(["camera.door"]);
    clock.now += 1_000;
    expect(await offerMedia(["camera.door"], "sms", "req_1")).not.toEqual(first);
    expect(fetched).toHaveLength(2);
  });

  test("is fetched anew for another command and another way of sending", async () => {
    const { offerMedia, fetched } = offerWith({ "camera.door": jpegOf(10) });
    await offerMedia(["camera.door"], "sms", "req_1");
    await offerMedia(["camera.door"], "sms", "req_2");
    await offerMedia(["camera.door"], "whatsapp", "req_1");
    expect(fetched).toHaveLength(3);
  });

  test("is asked for again after a failure", async () => {
    const files: Record<string, MediaFetchResult> = {
      "camera.door": { kind: "unavailable", message: "Off." },
    };
    const { offerMedia } = offerWith(files);
    expect(await offerMedia(["camera.door"], "sms")).toMatchObject({ ok: false });
    files["camera.door"] = jpegOf(10);
    expect(await offerMedia(["camera.door"], "sms")).toMatchObject({ ok: true });
  });

  test("is remembered only so often", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `camera.c${index}`);
    const { offerMedia, fetched } = offerWith(Object.fromEntries(names.map((name) => [name, jpegOf(1)])));
    for (const name of names) await offerMedia([name], "sms");
    await offerMedia(["camera.c0"], "sms");
    await offerMedia(["camera.c149"], "sms");
    expect(fetched).toHaveLength(151);
  });
});

describe("what is the user's fault is told as invalid, and is not tried again", () => {
  test.each<[string, string[], "sms" | "whatsapp" | "call", RegExp]>([
    ["nothing that can be sent", ["light.door"], "sms", /"light\.door" is nothing that can be sent/],
    [
      "what does not exist",
      ["camera.nowhere"],
      "sms",
      /^camera\.nowhere does not exist in Home Assistant\.$/,
    ],
    ["a picture too large", ["camera.large"], "sms", /camera\.large has 5\.1 MB; .* at most 5 MB/],
    ["a file that was not read", ["camera.endless"], "sms", /camera\.endless has more than 5 MB/],
    ["a wrong type", ["image.page"], "sms", /image\.page is of the type text\/html; a message takes/],
    ["a picture to be played", ["camera.door"], "call", /type image\/jpg; a call takes sound/],
    ["eleven media", Array.from({ length: 11 }, () => "camera.door"), "sms", /11 media.*at most 10/],
    ["two WhatsApp media", ["camera.door", "https://a.example/b"], "whatsapp", /takes at most one/],
    ["too much together", ["camera.half", "camera.half"], "sms", /6 MB together/],
    ["a fault beside what may pass", ["camera.off", "camera.nowhere"], "sms", /nowhere does not exist/],
  ])("%s", async (_what, sources, purpose, message) => {
    const { offerMedia } = offerWith({
      "camera.door": jpegOf(10),
      "camera.half": jpegOf(3_000_000),
      "camera.large": jpegOf(5_000_001),
      "camera.endless": { kind: "too_large", type: "image/jpeg", size: null },
      "camera.off": { kind: "unavailable", message: "camera.off is switched off." },
      "image.page": { kind: "fetched", type: "text/html", content: new Uint8Array(10) },
    });
    expect(await offerMedia(sources, purpose)).toEqual({
      ok: false,
      error: { code: "invalid", message: expect.stringMatching(message), more_info: null },
      isTransient: false,
    });
  });

  test("and what cannot be sent is not offered either", async () => {
    const { offerMedia, shelved } = offerWith({ "camera.large": jpegOf(5_000_001) });
    await offerMedia(["camera.large"], "sms");
    expect(shelved).toEqual([]);
  });
});

describe("what may pass is told as media_unavailable", () => {
  test("a camera that is off", async () => {
    const { offerMedia } = offerWith({ "camera.door": { kind: "unavailable", message: "It is off." } });
    expect(await offerMedia(["camera.door"], "sms")).toEqual({
      ok: false,
      error: { code: "media_unavailable", message: "It is off.", more_info: null },
      isTransient: true,
    });
  });

  test("no room", async () => {
    const add = () => Promise.resolve({ ok: false, message: "there is no room." } as const);
    const { offerMedia } = offerWith({ "camera.door": jpegOf(10) }, { temporaryFiles: { add } });
    expect(await offerMedia(["camera.door"], "sms")).toMatchObject({
      error: { code: "media_unavailable", message: "camera.door cannot be sent now: there is no room." },
      isTransient: true,
    });
  });

  test("no public address, which no waiting mends; addresses of others need none", async () => {
    const { offerMedia, fetched } = offerWith({}, { publicAddress: () => null });
    expect(await offerMedia(["camera.door"], "sms")).toMatchObject({
      error: { code: "media_unavailable", message: expect.stringContaining("public_url") },
      isTransient: false,
    });
    expect(fetched).toEqual([]);
    expect(await offerMedia(["https://a.example/b"], "sms")).toMatchObject({ ok: true });
  });
});
