import { createCipheriv, randomBytes, randomUUID } from "node:crypto";

import { signWebhook } from "../twilio-simulator/webhooks/sign-webhook.ts";
import type { SignedParameters } from "../twilio-simulator/webhooks/sign-webhook.ts";

/** An encrypted webhook in the form in which the relay posts it. Somebody who has the relay's key can write one. */
export interface WrittenNote {
  readonly v: 1;
  readonly id: string;
  readonly at: number;
  readonly until: number;
  readonly path: string;
  readonly box: string;
}

export interface NoteOptions {
  readonly key: string;
  readonly path?: string;
  readonly at?: number;
  readonly until?: number;
  readonly content: unknown;
}

/** Encrypts a webhook like addon/relay/relay.js. */
export function writeNote({
  key,
  content,
  path = "/webhook",
  at = Date.now(),
  until = at + 8_000,
}: NoteOptions): WrittenNote {
  const head = { v: 1, id: randomUUID(), at, until, path } as const;
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key, "base64"), nonce);
  cipher.setAAD(Buffer.from(JSON.stringify([1, head.id, at, until, path])));
  const text = Buffer.concat([cipher.update(JSON.stringify(content), "utf8"), cipher.final()]);
  return { ...head, box: Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64") };
}

/** A webhook to `url` that Twilio signed, as the relay encrypts it. */
export function signedContent(token: string, url: string, params: SignedParameters) {
  return { query: new URL(url).search, signature: signWebhook(token, url, params), params };
}
