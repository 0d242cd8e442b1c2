import { createHash } from "node:crypto";

import {
  getExpectedTwilioSignature,
  validateRequest,
  validateRequestWithBody,
} from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";

import { verifySignature } from "../../../../src/twilio/webhooks/verify/verify-signature.ts";
import { createRandom } from "../../../random.ts";
import type { Random } from "../../../random.ts";

const CASES = 3_000;
const TOKEN = "0123456789abcdef0123456789abcdef";
const AUTHORITIES = [
  "home.example",
  "Home.Example",
  "home.example:443",
  "home.example:80",
  "home.example:8443",
  "home.example:",
  "user:pass@home.example",
  "user:pass@home.example:8443",
  "[2001:db8::1]",
  "[2001:db8::1]:8443",
] as const;
const LETTERS = Array.from("abZ09 _-.~!*'()&=+%#?/:@,;[]<>\"\\|äŁ日🚪\n");

interface Case {
  readonly url: string;
  readonly parameters: Record<string, string | string[]>;
}

function randomCase(random: Random): Case {
  const text = (most: number): string =>
    Array.from({ length: random.below(most) }, () => random.pick(LETTERS)).join("");
  const query = random.below(2) === 0 ? "" : `?${text(12)}`;
  const parameters: Record<string, string | string[]> = {};
  for (let count = random.below(6); count > 0; count -= 1) {
    const values = Array.from({ length: 1 + random.below(3) }, () => text(4));
    parameters[`${text(3)}P${text(3)}`] = values.length === 1 ? (values[0] ?? "") : values;
  }
  const url = `${random.pick(["https", "http", "HTTPS"])}://${random.pick(AUTHORITIES)}/webhook${query}`;
  return { url, parameters };
}

/** The signed URL in another spelling, or another URL. */
function otherSpelling(random: Random, url: string): string {
  const swapped = url.replace(/(?<=\/\/)[^/]*/, random.pick(AUTHORITIES));
  const normalized = URL.canParse(url) ? new URL(url).href : url;
  return random.pick([url, url, normalized, normalized.replaceAll("'", "%27"), swapped, `${url}x`]);
}

test(`for ${CASES} random requests, the app's check of signatures has the same result as Twilio's own library`, () => {
  const random = createRandom(20_261_125);
  let valid = 0;
  for (let index = 0; index < CASES; index += 1) {
    const { url, parameters } = randomCase(random);
    const signedFor = otherSpelling(random, url);
    const signature = getExpectedTwilioSignature(TOKEN, signedFor, parameters);
    const expected = URL.canParse(url) && validateRequest(TOKEN, signature, url, parameters);
    const found = verifySignature([TOKEN], [url], { signature, parameters, body: null });
    expect(found, JSON.stringify([url, signedFor, parameters])).toBe(expected ? url : null);
    valid += expected ? 1 : 0;
  }
  // Both results must be frequent, so that the test is useful.
  expect(valid).toBeGreaterThan(CASES / 5);
  expect(valid).toBeLessThan((CASES * 4) / 5);
});

test.each([
  ["the body that was signed", '{"a":1}', '{"a":1}'],
  ["another body", '{"a":1}', '{"a":2}'],
  ["no body", '{"a":1}', ""],
])(
  "for a JSON request, the app's check of signatures has the same result as Twilio's own library: %s",
  (_what, signed, received) => {
    const hash = createHash("sha256").update(signed).digest("hex");
    const url = `https://home.example/webhook?a=1&bodySHA256=${hash}`;
    const signature = getExpectedTwilioSignature(TOKEN, url, {});
    const expected = validateRequestWithBody(TOKEN, signature, url, received);
    const found = verifySignature([TOKEN], [url], { signature, parameters: {}, body: received });
    expect(found).toBe(expected ? url : null);
  },
);
