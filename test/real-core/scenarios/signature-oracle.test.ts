import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

import { expect, test } from "vitest";

import { parseForm } from "../../../src/twilio/webhooks/verify/parse-form.ts";
import { verifySignature } from "../../../src/twilio/webhooks/verify/verify-signature.ts";
import { signWebhook } from "../../twilio-simulator/webhooks/sign-webhook.ts";
import type { CoreInstallation } from "../install/core-installation.ts";
import { describeWithCore } from "../install/describe-with-core.ts";

const CASES = 300;

/**
 * A program with Twilio's client for Python, in the version of Core's integration, which does not support repeated
 * names.
 */
const SIGN_IN_PYTHON = `
import json, sys
from twilio.request_validator import RequestValidator
print(json.dumps([
    RequestValidator(case["token"]).compute_signature(case["url"], case["parameters"])
    for case in json.load(sys.stdin)
]))
`;

interface Case {
  readonly token: string;
  readonly url: string;
  readonly parameters: Record<string, string>;
}

function signInPython({ hass, root }: CoreInstallation, cases: readonly Case[]): string[] {
  const python = `${dirname(hass)}/python`;
  const [program, ...args] = root === null ? [python] : ["chroot", root, python];
  const run = spawnSync(program ?? python, [...args, "-c", SIGN_IN_PYTHON], {
    input: JSON.stringify(cases),
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as string[];
}

/** Random numbers that are the same in every run (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ALPHABET = Array.from("abcXYZ019 _-.~!*'()&=+%#?/:@,;[]<>\"\\|äßŁ日本🚪\n\t\u0001");

function randomCases(): Case[] {
  const random = seeded(20_261_124);
  const below = (limit: number): number => Math.floor(random() * limit);
  const text = (most: number): string =>
    Array.from({ length: below(most) }, () => ALPHABET[below(ALPHABET.length)]).join("");
  return Array.from({ length: CASES }, () => {
    const parameters: Record<string, string> = {};
    for (let count = below(12); count > 0; count -= 1) {
      parameters[`${text(3)}P${text(8)}`] = text(30);
    }
    const query = random() < 0.3 ? `?a=${below(100)}&b=x%20y` : "";
    return { token: `t${below(1e9)}`, url: `https://home.example/twilio/webhook${query}`, parameters };
  });
}

describeWithCore("signatures made by Twilio's client for Python", (installation) => {
  test(`are accepted for ${CASES} random forms by the app, and refused if a parameter is added or if the token or the URL differs`, () => {
    const cases = randomCases();
    const signatures = signInPython(installation, cases);
    expect(signatures).toHaveLength(CASES);
    for (const [index, { token, url, parameters }] of cases.entries()) {
      const signature = signatures[index] ?? "";
      const form = new URLSearchParams(parameters);
      const request = { signature, parameters: parseForm(form.toString()), body: null };
      expect(verifySignature([token], [url], request), JSON.stringify(cases[index])).toBe(url);
      expect(signWebhook(token, url, parameters)).toBe(signature);
      const changed = { ...request, parameters: { ...request.parameters, extra: "1" } };
      expect(verifySignature([token], [url], changed)).toBeNull();
      expect(verifySignature([`${token}x`], [url], request)).toBeNull();
      expect(verifySignature([token], [`${url}/`], request)).toBeNull();
    }
  });
});
