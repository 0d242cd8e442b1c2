import { describe, expect, test } from "vitest";

import {
  acceptedMediaType,
  maxMediaBytes,
  mediaSizeProblem,
  totalMediaSizeProblem,
  tooManyMediaProblem,
  mediaTypeProblem,
} from "../../src/media/limits.ts";
import type { MediaPurpose } from "../../src/media/limits.ts";

test.each<[string, MediaPurpose, string | null]>([
  ["image/jpeg", "sms", "image/jpeg"],
  ["image/jpg", "whatsapp", "image/jpeg"],
  ["image/gif", "sms", "image/gif"],
  ["image/gif", "whatsapp", null],
  ["image/webp", "sms", null],
  ["image/svg+xml", "sms", null],
  ["text/html", "sms", null],
  ["application/pdf", "whatsapp", "application/pdf"],
  ["video/h264", "sms", "video/H264"],
  ["audio/x-wav", "call", "audio/wav"],
  ["audio/vnd.wave", "call", "audio/wav"],
  ["audio/wav", "sms", "audio/vnd.wave"],
  ["audio/mpeg", "call", "audio/mpeg"],
  ["audio/ogg", "call", null],
  ["image/jpeg", "call", null],
  ["", "sms", null],
])("a file of the type %s for %s is accepted as %s, where null means refused", (type, purpose, accepted) => {
  expect(acceptedMediaType(type, purpose)).toBe(accepted);
  expect(mediaTypeProblem("x", type, purpose) === null).toBe(accepted !== null);
});

describe("only media over a limit are refused, and the error has their size and the limit:", () => {
  test.each<[string, number | null, MediaPurpose, string | null]>([
    ["image/jpeg", 5_000_000, "sms", null],
    [
      "image/jpeg",
      5_000_001,
      "sms",
      "camera.door has 5.1 MB, but a message accepts at most 5 MB of image/jpeg.",
    ],
    ["audio/mpeg", 500_000, "sms", null],
    [
      "audio/mp3",
      500_001,
      "sms",
      "camera.door has 501 kB, but a message accepts at most 500 kB of audio/mpeg.",
    ],
    [
      "image/png",
      6_000_000,
      "whatsapp",
      "camera.door has 6 MB, but a WhatsApp message accepts at most 5 MB of image/png.",
    ],
    ["video/mp4", 16_000_000, "whatsapp", null],
    [
      "image/jpeg",
      null,
      "sms",
      "camera.door has more than 5 MB, but a message accepts at most 5 MB of image/jpeg.",
    ],
    [
      "audio/mpeg",
      null,
      "call",
      "camera.door has more than 16 MB, but a call accepts at most 16 MB of audio/mpeg.",
    ],
  ])("a file of the type %s with %s bytes for %s", (type, size, purpose, problem) => {
    expect(mediaSizeProblem("camera.door", type, size, purpose)).toBe(problem);
  });

  test("several files that are together larger than the limit of a message", () => {
    expect(totalMediaSizeProblem([2_500_000, 2_500_000], "sms")).toBeNull();
    expect(totalMediaSizeProblem([2_500_000, 2_600_000], "sms")).toBe(
      "The media files have 5.1 MB together, but a message accepts at most 5 MB.",
    );
  });

  test("more files than a message may have", () => {
    expect(tooManyMediaProblem(10, "sms")).toBeNull();
    expect(tooManyMediaProblem(11, "sms")).toBe(
      "There are 11 media files, but a message accepts at most 10.",
    );
    expect(tooManyMediaProblem(2, "whatsapp")).toBe(
      "There are 2 media files, but a WhatsApp message accepts at most one.",
    );
  });
});

test("the size up to which the app reads a file is 5 MB for an SMS, and 16 MB for WhatsApp", () => {
  expect(maxMediaBytes("sms")).toBe(5_000_000);
  expect(maxMediaBytes("whatsapp")).toBe(16_000_000);
});
