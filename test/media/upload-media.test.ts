import { expect, test } from "vitest";

import { createMediaUpload } from "../../src/media/upload-media.ts";
import { JPEG, MP3, PNG } from "./sample-files.ts";

function uploader() {
  const published: string[] = [];
  const upload = createMediaUpload(() => ({
    publish({ type }) {
      published.push(type);
      return Promise.resolve({ ok: true, url: "https://home.example/media/x" });
    },
  }));
  return { upload, published };
}

test("a picture that a user has chosen is published with its real type, whatever its name says", async () => {
  const { upload, published } = uploader();
  expect(await upload({ type: "image/jpeg", content: new Uint8Array(PNG) }, false)).toMatchObject({
    ok: true,
  });
  expect(await upload({ type: "", content: new Uint8Array(JPEG) }, true)).toMatchObject({ ok: true });
  expect(published).toEqual(["image/png", "image/jpeg"]);
});

test.each([
  ["image/jpeg", MP3, "The picture is called image/jpeg, but it is another kind of file."],
  ["image/png", new Uint8Array(), "The picture is called image/png, but it is another kind of file."],
  [
    "image/svg+xml",
    Buffer.from("<svg/>"),
    "The picture has the type image/svg+xml, but a message accepts only",
  ],
  ["", Buffer.from("text"), "The picture has no type, but a message accepts only"],
])("a file that is called %j and is no picture is not published: case %#", async (type, content, message) => {
  const { upload, published } = uploader();
  expect(await upload({ type, content: new Uint8Array(content) }, false)).toEqual({
    ok: false,
    message: expect.stringContaining(message),
  });
  expect(published).toEqual([]);
});
