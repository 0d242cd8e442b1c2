import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { checkSignature, verifySignature } from "../../../../src/twilio/webhooks/verify/verify-signature.ts";
import { signWebhook } from "../../../twilio-simulator/webhooks/sign-webhook.ts";

interface Vector {
  readonly id: string;
  readonly token: string;
  readonly url: string;
  readonly params?: Record<string, string | string[]>;
  readonly body?: string;
  readonly signature: string;
  readonly valid: boolean;
}

const VECTORS = JSON.parse(
  readFileSync(new URL("signature-vectors.json", import.meta.url), "utf8"),
) as readonly Vector[];

test("the tests use all of Twilio's published examples of signatures", () => {
  expect(VECTORS).toHaveLength(30);
  expect(VECTORS.filter((vector) => !vector.valid)).toHaveLength(4);
});

test.each(VECTORS)(
  "Twilio's published example of a signature, $id, has the expected result",
  ({ token, url, params, body, signature, valid }) => {
    const request = { signature, parameters: params ?? {}, body: body ?? null };
    expect(verifySignature([token], [url], request)).toBe(valid ? url : null);
  },
);

const VECTOR = VECTORS.find(({ id }) => id === "benchmark-sms-inbound") as Vector;
const REQUEST = { signature: VECTOR.signature, parameters: VECTOR.params ?? {}, body: null };

test("if the user has entered two auth tokens during a rotation, a webhook signed with either one is accepted", () => {
  expect(verifySignature(["new", VECTOR.token], [VECTOR.url], REQUEST)).toBe(VECTOR.url);
  expect(verifySignature(["new"], [VECTOR.url], REQUEST)).toBeNull();
});

test("the check of a signature returns the URL that Twilio signed", () => {
  expect(verifySignature([VECTOR.token], ["https://other.example/", VECTOR.url], REQUEST)).toBe(VECTOR.url);
});

test("a signature is refused if the URL is invalid, such as one from a forged Host header", () => {
  expect(verifySignature([VECTOR.token], ["https://[/webhook", "nonsense"], REQUEST)).toBeNull();
});

test("a webhook without a signature is refused", () => {
  expect(verifySignature([VECTOR.token], [VECTOR.url], { ...REQUEST, signature: "" })).toBeNull();
});

test("the signature also covers a parameter named __proto__", () => {
  const parameters = { ...VECTOR.params, ["__proto__"]: "x" };
  expect(Object.keys(parameters)).toContain("__proto__");
  expect(verifySignature([VECTOR.token], [VECTOR.url], { ...REQUEST, parameters })).toBeNull();
});

describe("the exact URL that Twilio signed", () => {
  const TOKEN = "0123456789abcdef0123456789abcdef";
  const PARAMETERS = { From: "+12125550123", Body: "hi" };

  test.each<[string, string, string, { base: string; hostNamedByCaller: string | null } | null]>([
    [
      "https://h.example",
      "https://h.example",
      "/webhook",
      { base: "https://h.example", hostNamedByCaller: null },
    ],
    [
      "https://h.example:8443",
      "https://h.example:8443",
      "/webhook",
      { base: "https://h.example:8443", hostNamedByCaller: null },
    ],
    // Twilio signs calls without the port, so the port of Host is not verified.
    [
      "https://h.example",
      "https://h.example:9999",
      "/webhook",
      { base: "https://h.example", hostNamedByCaller: "https://h.example:9999" },
    ],
    [
      "https://h.example:443",
      "https://h.example",
      "/webhook",
      { base: "https://h.example", hostNamedByCaller: null },
    ],
    [
      "http://h.example:80",
      "http://h.example",
      "/webhook",
      { base: "http://h.example", hostNamedByCaller: null },
    ],
    [
      "http://h.example:8080",
      "http://h.example:8080",
      "/webhook",
      { base: "http://h.example:8080", hostNamedByCaller: null },
    ],
    [
      "https://h.example/a",
      "https://h.example/a",
      "/webhook?b=1",
      { base: "https://h.example/a", hostNamedByCaller: null },
    ],
    [
      "https://[2001:db8::1]",
      "https://[2001:db8::1]",
      "/webhook",
      { base: "https://[2001:db8::1]", hostNamedByCaller: null },
    ],
    [
      "https://[2001:db8::1]",
      "https://[2001:db8::1]:8443",
      "/webhook",
      { base: "https://[2001:db8::1]", hostNamedByCaller: "https://[2001:db8::1]:8443" },
    ],
    ["https://h.example:8443", "https://h.example", "/webhook", null],
    ["https://h.example:8443", "https://h.example:9999", "/webhook", null],
    ["https://h.example", "http://h.example", "/webhook", null],
    ["https://H.example", "https://h.example", "/webhook", null],
    ["https://other.example", "https://h.example", "/webhook", null],
  ])("is %s for a webhook received at %s with %s", (signedFor, received, target, proof) => {
    const signature = signWebhook(TOKEN, `${signedFor}${target}`, PARAMETERS);
    const request = { signature, parameters: PARAMETERS, body: null };
    expect(checkSignature(["rotated", TOKEN], request).signedBase(received, target)).toEqual(proof);
  });

  test("is unknown if the signature is valid only for another spelling of the query", () => {
    const signature = signWebhook(TOKEN, "https://h.example/webhook?a=%27", PARAMETERS);
    const request = { signature, parameters: PARAMETERS, body: null };
    expect(verifySignature([TOKEN], ["https://h.example/webhook?a='"], request)).not.toBeNull();
    expect(checkSignature([TOKEN], request).signedBase("https://h.example", "/webhook?a='")).toBeNull();
  });
});

test.each([1_000, 5_000])(
  "the signature of a URL is not valid after somebody has added %i empty parameters and a further one",
  (parts) => {
    const url = "https://home.example/webhook?AccountSid=AC1&Body=hi";
    const longer = `${url}${"&".repeat(parts)}From=x`;
    const hash = createHash("sha256").update("{}").digest("hex");
    const request = { signature: signWebhook("token", url, {}), parameters: {}, body: null };
    expect(verifySignature(["token"], [url], request)).toBe(url);
    expect(verifySignature(["token"], [longer], request)).toBeNull();
    expect(
      verifySignature(["token"], [`${longer}&bodySHA256=${hash}`], { ...request, body: "{}" }),
    ).toBeNull();
  },
);

test("signatures are compared in constant time", () => {
  const source = readFileSync(
    new URL("../../../../src/twilio/webhooks/verify/verify-signature.ts", import.meta.url),
    "utf8",
  );
  expect(source).toContain('timingSafeEqual(given, Buffer.from(expected, "latin1"))');
  // The source has no other comparison of a signature or hash.
  expect(source).not.toMatch(/(given|expected|actual|signed|signature)(\.toString\(\))? [!=]==? /);
});
