import { expect, test } from "vitest";

import { fileExtension } from "../../src/media/file-extension.ts";

test.each([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["audio/mpeg", "mp3"],
  ["audio/mp4", "m4a"],
  ["audio/x-wav", "wav"],
  ["audio/vnd.wave", "wav"],
  ["audio/basic", "au"],
  ["audio/amr-nb", "amr"],
  ["video/quicktime", "mov"],
  ["application/vnd.openxmlformats-officedocument", "bin"],
])("a published file of the type %s has a name that ends in .%s", (type, extension) => {
  expect(fileExtension(type)).toBe(extension);
});
