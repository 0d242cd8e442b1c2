import { expect, test } from "vitest";

import { describeMediaSource, parseMediaSource } from "../../src/media/source.ts";
import { realMediaType } from "../../src/media/source.ts";
import { JPEG, MP3, PNG } from "./sample-files.ts";

test.each(["https://pictures.example/a.jpg?x=1#y", "http://10.0.0.5:8123/x", "HTTPS://PICTURES.example/a"])(
  "the media entry %s is a URL and stays unchanged",
  (url) => {
    expect(parseMediaSource(` ${url} `)).toEqual({ kind: "url", url });
  },
);

test.each([
  ["camera.door", "camera.door"],
  ["Camera.Door", "camera.door"],
  ["image.floor_plan", "image.floor_plan"],
  ["media-source://camera/camera.door", "camera.door"],
  ["media-source://image/image.floor_plan", "image.floor_plan"],
])("the media entry %s means the picture of %s", (text, entityId) => {
  const source = parseMediaSource(text);
  expect(source).toEqual({ kind: "picture", entityId });
  expect(describeMediaSource({ kind: "picture", entityId })).toBe(entityId);
});

test.each([
  ["media-source://media_source/local/bell sound.mp3", "media-source://media_source/local/bell sound.mp3"],
  ["media-source://tts/cloud?message=The code is 1234", "media-source://tts/cloud?…"],
  ["media-source://tts/cloud?message=Über 🎄 \u202E\u05E9", "media-source://tts/cloud?…"],
])(
  "the media entry %s is a media source, and its name in errors does not contain the text to be spoken",
  (id, name) => {
    expect(parseMediaSource(id)).toEqual({ kind: "media_source", id });
    expect(describeMediaSource({ kind: "media_source", id })).toBe(name);
  },
);

test.each([
  "",
  "door",
  "light.door",
  "camera.",
  "camera.a/../b",
  "media-source://",
  "ftp://x/y",
  "https://",
  "/x",
])("the media entry %j is refused, because it is neither a URL nor a file of Home Assistant", (text) => {
  expect(parseMediaSource(text)).toBeNull();
});

test.each<[string, Uint8Array, string | null]>([
  ["image/jpeg", JPEG, "image/jpeg"],
  ["image/jpeg", PNG, "image/png"],
  ["", PNG, "image/png"],
  ["application/octet-stream", JPEG, "image/jpeg"],
  ["audio/mpeg", MP3, "audio/mpeg"],
  ["image/webp", MP3, "image/webp"],
  ["image/jpeg", MP3, null],
  ["image/jpg", new Uint8Array([0xff, 0xd8]), null],
  ["image/png", Buffer.from("<html>Log in</html>"), null],
  ["image/gif", new Uint8Array(), null],
])("a file that is called %j has the type that its first bytes have: case %#", (type, content, real) => {
  expect(realMediaType(type, content)).toBe(real);
});
