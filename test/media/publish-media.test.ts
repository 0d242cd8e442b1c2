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

function publisherWith(
  files: Readonly<Record<string, MediaFetchResult>>,
  over: Partial<PublishMediaOptions> & {
    readonly temporaryFiles?: TemporaryFileStore;
  } = {},
) {
  const fetched: string[] = [];
  const stored: { type: string; size: number }[] = [];
  const clock = { now: 1_000_000 };
  const {
    temporaryFiles = {
      add({ type, content }) {
        stored.push({ type, size: content.length });
        return Promise.resolve({ ok: true, token: `token-${stored.length}` });
      },
    },
  } = over;
  const publishMedia = createMediaPublisher({
    fetchMedia(source) {
      fetched.push(describeMediaSource(source));
      const message = `${describeMediaSource(source)} does not exist in Home Assistant.`;
      return Promise.resolve(files[describeMediaSource(source)] ?? { kind: "refused", message });
    },
    host: () => createOwnMediaHost(temporaryFiles, "https://home.example/twilio"),
    clock: clockWith({ now: () => clock.now }),
    ...over,
  });
  return { publishMedia, fetched, stored, clock };
}

test("URLs as media stay unchanged, and files of Home Assistant keep their place between them", async () => {
  const { publishMedia, stored } = publisherWith({ "camera.door": jpegOf(10) });
  expect(await publishMedia(["https://a.example/1.jpg", "camera.door", "http://b.example/2"], "sms")).toEqual(
    {
      ok: true,
      urls: ["https://a.example/1.jpg", "https://home.example/twilio/media/token-1", "http://b.example/2"],
    },
  );
  expect(stored).toEqual([{ type: "image/jpeg", size: 10 }]);
  expect(await publishMedia([], "sms")).toEqual({ ok: true, urls: [] });
});

describe("a picture or sound of Home Assistant", () => {
  test("is fetched at most once a minute for all recipients of one request, even if two recipients need it at the same time", async () => {
    const { publishMedia, fetched, clock } = publisherWith({ "camera.door": jpegOf(10) });
    const [first, second] = await Promise.all(
      [1, 2].map(() => publishMedia(["camera.door"], "sms", "req_1")),
    );
    clock.now += 59_000;
    const third = await publishMedia(["media-source://camera/camera.door"], "sms", "req_1");
    expect([second, third]).toEqual([first, first]);
    expect(fetched).toEqual(["camera.door"]);
    clock.now += 1_000;
    expect(await publishMedia(["camera.door"], "sms", "req_1")).not.toEqual(first);
    expect(fetched).toHaveLength(2);
  });

  test("is fetched again for another request and for another purpose (such as WhatsApp)", async () => {
    const { publishMedia, fetched } = publisherWith({ "camera.door": jpegOf(10) });
    await publishMedia(["camera.door"], "sms", "req_1");
    await publishMedia(["camera.door"], "sms", "req_2");
    await publishMedia(["camera.door"], "whatsapp", "req_1");
    expect(fetched).toHaveLength(3);
  });

  test("is fetched again after a failure", async () => {
    const files: Record<string, MediaFetchResult> = {
      "camera.door": { kind: "unavailable", message: "Off." },
    };
    const { publishMedia } = publisherWith(files);
    expect(await publishMedia(["camera.door"], "sms")).toMatchObject({ ok: false });
    files["camera.door"] = jpegOf(10);
    expect(await publishMedia(["camera.door"], "sms")).toMatchObject({ ok: true });
  });

  test("is fetched again if many other files were fetched since", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `camera.c${index}`);
    const { publishMedia, fetched } = publisherWith(
      Object.fromEntries(names.map((name) => [name, jpegOf(1)])),
    );
    for (const name of names) await publishMedia([name], "sms");
    await publishMedia(["camera.c0"], "sms");
    await publishMedia(["camera.c149"], "sms");
    expect(fetched).toHaveLength(151);
  });
});

describe("faults of the user in the media are reported as `invalid` and not retried:", () => {
  test.each<[string, string[], "sms" | "whatsapp" | "call", RegExp]>([
    [
      "a value that is neither a URL nor media of Home Assistant",
      ["light.door"],
      "sms",
      /"light\.door" cannot be sent/,
    ],
    [
      "a camera that does not exist",
      ["camera.nowhere"],
      "sms",
      /^camera\.nowhere does not exist in Home Assistant\.$/,
    ],
    ["a picture that is too large", ["camera.large"], "sms", /camera\.large has 5\.1 MB, .* at most 5 MB/],
    ["a file that is too large to be read", ["camera.endless"], "sms", /camera\.endless has more than 5 MB/],
    [
      "a file of a wrong type",
      ["image.page"],
      "sms",
      /image\.page has the type text\/html, but a message accepts/,
    ],
    ["a picture for a call", ["camera.door"], "call", /type image\/jpg, but a call accepts only sound/],
    [
      "eleven files for one SMS",
      Array.from({ length: 11 }, () => "camera.door"),
      "sms",
      /11 media.*at most 10/,
    ],
    [
      "two files for one WhatsApp message",
      ["camera.door", "https://a.example/b"],
      "whatsapp",
      /accepts at most one/,
    ],
    ["files that are too large together", ["camera.half", "camera.half"], "sms", /6 MB together/],
    [
      "a fault together with a transient failure",
      ["camera.off", "camera.nowhere"],
      "sms",
      /nowhere does not exist/,
    ],
  ])("%s", async (_what, sources, purpose, message) => {
    const { publishMedia } = publisherWith({
      "camera.door": jpegOf(10),
      "camera.half": jpegOf(3_000_000),
      "camera.large": jpegOf(5_000_001),
      "camera.endless": { kind: "too_large", type: "image/jpeg", size: null },
      "camera.off": { kind: "unavailable", message: "camera.off is switched off." },
      "image.page": { kind: "fetched", type: "text/html", content: new Uint8Array(10) },
    });
    expect(await publishMedia(sources, purpose)).toEqual({
      ok: false,
      error: { code: "invalid", message: expect.stringMatching(message), more_info: null },
      isTransient: false,
    });
  });

  test("and a file that is too large is not published", async () => {
    const { publishMedia, stored } = publisherWith({ "camera.large": jpegOf(5_000_001) });
    await publishMedia(["camera.large"], "sms");
    expect(stored).toEqual([]);
  });
});

describe("transient failures of media are reported as media_unavailable and retried:", () => {
  test("a camera that is off", async () => {
    const { publishMedia } = publisherWith({ "camera.door": { kind: "unavailable", message: "It is off." } });
    expect(await publishMedia(["camera.door"], "sms")).toEqual({
      ok: false,
      error: { code: "media_unavailable", message: "It is off.", more_info: null },
      isTransient: true,
    });
  });

  test("no space on the disk for the file", async () => {
    const add = () => Promise.resolve({ ok: false, message: "there is no space for the file." } as const);
    const { publishMedia } = publisherWith({ "camera.door": jpegOf(10) }, { temporaryFiles: { add } });
    expect(await publishMedia(["camera.door"], "sms")).toMatchObject({
      error: {
        code: "media_unavailable",
        message: "camera.door cannot be sent now: there is no space for the file.",
      },
      isTransient: true,
    });
  });

  test("but a missing public address is not retried, and media that are URLs are sent without a public address", async () => {
    const message = "Enter an external URL in Home Assistant.";
    const publish = () => Promise.resolve({ ok: false, message, isTransient: false } as const);
    const { publishMedia } = publisherWith({ "camera.door": jpegOf(10) }, { host: () => ({ publish }) });
    expect(await publishMedia(["camera.door"], "sms")).toMatchObject({
      error: { code: "media_unavailable", message: `camera.door cannot be sent now: ${message}` },
      isTransient: false,
    });
    expect(await publishMedia(["https://a.example/b"], "sms")).toMatchObject({ ok: true });
  });
});
