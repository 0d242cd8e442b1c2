import { expect, test } from "vitest";

import { parseRequest } from "../../../src/outbound/commands/parse-request.ts";

const HX = "HX0123456789abcdef0123456789abcdef";

/** A command, a field, its value as copied, and the value that the app uses. */
const FIELDS: readonly (readonly [string, string, string, unknown])[] = [
  ["send_message", "content_sid", HX, HX],
  ["send_message", "channel", "whatsapp", "whatsapp"],
  ["send_message", "media", "https://house.example/a.png", ["https://house.example/a.png"]],
  ["send_message", "wait_for", "delivered", "delivered"],
  ["send_message", "valid_for", "60", 60],
  ["send_message", "send_at", "2027-01-31 18:00:00", "2027-01-31 18:00:00"],
  ["make_call", "ring_seconds", "20", 20],
  ["make_call", "record", "true", true],
  ["talk", "finish_on_key", "*", "*"],
  ["talk", "finish_on_key", "None", "none"],
  ["make_call", "voice", "Polly.Vicki", "Polly.Vicki"],
  ["make_call", "language", "de-DE", "de-DE"],
  ["make_call", "then", "talk", "talk"],
  ["talk", "call", "CA0123456789abcdef0123456789abcdef", "CA0123456789abcdef0123456789abcdef"],
  ["talk", "play", "media-source://media_source/local/a.mp3", "media-source://media_source/local/a.mp3"],
];

const SHORTEST: Readonly<Record<string, object>> = {
  send_message: { to: "Alice", message: "hi" },
  make_call: { to: "Alice", say: "hi" },
  talk: { call: "CA1", then: "hang_up" },
};

test.each(FIELDS)(
  "the action %s accepts the field %s with blanks and quotation marks that were copied with its value",
  (command, field, value, meant) => {
    for (const written of [
      value,
      ` ${value}\n`,
      `\u200B${value}`,
      `\u202A${value}\u202C`,
      `"${value}"`,
      `${value}\uFEFF`,
    ]) {
      const parsed = parseRequest({ command, payload: { ...SHORTEST[command], [field]: written } });
      expect(parsed).toMatchObject({ ok: true, request: { payload: { [field]: meant } } });
    }
  },
);

test("make_call accepts twiml_url with invisible characters that were copied with its value", () => {
  const payload = { to: "Alice", twiml_url: "\u2066https://house.example/twiml\u2069" };
  expect(parseRequest({ command: "make_call", payload })).toMatchObject({
    ok: true,
    request: { payload: { twiml_url: "https://house.example/twiml" } },
  });
});

test.each([
  ["send_message", "media", "HTTPS://house.example/a.png"],
  ["send_message", "media", "Camera.Front_Door"],
  ["send_message", "media", "Media-source://media_source/local/A.png"],
  ["make_call", "play", "Https://house.example/a.mp3"],
  ["talk", "play", "Media-source://media_source/local/A.mp3"],
  ["make_call", "twiml_url", "HTTPS://house.example/Twiml"],
])(
  "the action %s accepts the capital letters that phones and people write in %s: %s",
  (command, field, value) => {
    const { say: _say, ...payload } = { ...SHORTEST[command], [field]: value } as Record<string, unknown>;
    expect(parseRequest({ command, payload })).toMatchObject({ ok: true });
  },
);

test.each([
  ["send_message", "media", "https://"],
  ["send_message", "media", "media-source://"],
  ["send_message", "media", "https://house.example/a.png https://house.example/b.png"],
  ["make_call", "play", "https://"],
  ["make_call", "play", "media-source://camera/camera.front_door"],
  ["talk", "play", "media-source://"],
  ["make_call", "twiml_url", "https:house.example"],
])(
  "the action %s refuses an incomplete address at once, before it calls or publishes anything (%s: %s)",
  (command, field, value) => {
    const { say: _say, ...payload } = { ...SHORTEST[command], [field]: value } as Record<string, unknown>;
    expect(parseRequest({ command, payload })).toMatchObject({
      ok: false,
      message: expect.stringContaining(`${field}: must be a`),
    });
  },
);
