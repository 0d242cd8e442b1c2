import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { verifySignature } from "../../src/twilio/verify-signature.ts";

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

test("the published vectors are all here", () => {
  expect(VECTORS).toHaveLength(30);
  expect(VECTORS.filter((vector) => !vector.valid)).toHaveLength(4);
});

test.each(VECTORS)(
  "agrees with the published vector $id",
  ({ token, url, params, body, signature, valid }) => {
    const request = { signature, parameters: params ?? {}, body: body ?? null };
    expect(verifySignature([token], [url], request)).toBe(valid ? url : null);
  },
);

const VECTOR = VECTORS.find(({ id }) => id === "benchmark-sms-inbound") as Vector;
const REQUEST = { signature: VECTOR.signature, parameters: VECTOR.params ?? {}, body: null };

test("accepts any of several tokens, so that one can be rotated", () => {
  expect(verifySignature(["new", VECTOR.token], [VECTOR.url], REQUEST)).toBe(VECTOR.url);
  expect(verifySignature(["new"], [VECTOR.url], REQUEST)).toBeNull();
});

test("names the address that was signed", () => {
  expect(verifySignature([VECTOR.token], ["https://other.example/", VECTOR.url], REQUEST)).toBe(VECTOR.url);
});

test("takes an address that is no URL, such as one from a forged Host header, for a wrong one", () => {
  expect(verifySignature([VECTOR.token], ["https://[/webhook", "nonsense"], REQUEST)).toBeNull();
});

test("refuses a missing signature", () => {
  expect(verifySignature([VECTOR.token], [VECTOR.url], { ...REQUEST, signature: "" })).toBeNull();
});

test("covers a parameter named __proto__", () => {
  const parameters = { ...VECTOR.params, ["__proto__"]: "x" };
  expect(Object.keys(parameters)).toContain("__proto__");
  expect(verifySignature([VECTOR.token], [VECTOR.url], { ...REQUEST, parameters })).toBeNull();
});
