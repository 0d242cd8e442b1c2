import { expect, test } from "vitest";

import { createTalkTokens } from "../../../../src/twilio/webhooks/talk/talk-token.ts";
import type { TalkState } from "../../../../src/twilio/webhooks/talk/talk-token.ts";

const KEY = "0f".repeat(32);
const tokens = createTalkTokens(KEY);
const STATE: TalkState = {
  call: `CA${"0123456789abcdef".repeat(2)}`,
  step: "b6ad5c5c-2f0e-4a52-a6f5-6b0f0b6c1b11",
  attempt: 2,
  terms: { holdSeconds: 8, silenceSeconds: 30, language: "en-US", voice: null },
  silentSince: 1_764_057_600_000,
  turn: 7,
  holds: 3,
};

test.each<[string, Partial<TalkState>]>([
  ["a step", {}],
  ["a call that has no SID yet", { call: "new", attempt: 1, silentSince: null, turn: 0 }],
  ["a pause", { step: "hold" }],
  [
    "a voice of many characters",
    { terms: { ...STATE.terms, voice: `Zoë & 小 "\\ 👩‍👩‍👧\u0001 ${"x".repeat(150)}` } },
  ],
  ["half a character", { terms: { ...STATE.terms, language: "a\uD83D" } }],
  ["an empty voice", { terms: { ...STATE.terms, voice: "" } }],
])(
  "the token in a call's URL contains %s exactly as it was written, and only characters that need no escaping",
  (_what, state) => {
    const token = tokens.write({ ...STATE, ...state });
    expect(token).toMatch(/^[\w-]+$/);
    expect(encodeURIComponent(token)).toBe(token);
    expect(tokens.read(token)).toEqual({ ...STATE, ...state });
  },
);

test("the token in a typical call's URL is short", () => {
  expect(tokens.write(STATE).length).toBeLessThan(240);
});

const TOKEN = tokens.write(STATE);
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** All other spellings of the same bytes in base64url. The last letter of a group has unused bits. */
function respelt(token: string, at: number): string[] {
  return ALPHABET.split("")
    .map((letter) => token.slice(0, at) + letter + token.slice(at + 1))
    .filter((one) => one !== token);
}

test.each<[string, readonly string[]]>([
  ["of another key", [createTalkTokens("0e".repeat(32)).write(STATE)]],
  ["another last letter of the HMAC", respelt(TOKEN, 42)],
  ["another last letter", respelt(TOKEN, TOKEN.length - 1)],
  [
    "one letter changed anywhere",
    Array.from(
      TOKEN,
      (letter, at) => TOKEN.slice(0, at) + (letter === "A" ? "B" : "A") + TOKEN.slice(at + 1),
    ),
  ],
  ["padding", [`${TOKEN}=`, `${TOKEN}==`]],
  ["something after it", [`${TOKEN}A`, `${TOKEN}AAAA`, `${TOKEN} `]],
  ["something before it", [`A${TOKEN}`]],
  ["too short ones", ["", "A", TOKEN.slice(0, 42), TOKEN.slice(0, 43), TOKEN.slice(0, -1)]],
  ["the letters of base64", [TOKEN.replaceAll("-", "+").replaceAll("_", "/")].filter((one) => one !== TOKEN)],
])("a token in a call's URL is refused if it has been forged: %s", (_what, forged) => {
  expect(forged.map((token) => tokens.read(token))).toEqual(forged.map(() => null));
});
