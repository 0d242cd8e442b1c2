import { createDecipheriv } from "node:crypto";

import * as z from "zod";

/** One of Twilio's webhooks, as the webhook relay (the app's small program at Twilio) passes it on. */
export interface RelayNote {
  /** The ID that the relay gave to the webhook. It stays the same when the relay posts the note again. */
  readonly id: string;
  /**
   * `at`: when the relay received the webhook. `until`: the time until which the relay waits for the app's answer. Both
   * are in milliseconds since 1970, by Twilio's clock.
   */
  readonly at: number;
  readonly until: number;
  /** The path of the webhook's URL, such as `/webhook`. */
  readonly path: string;
  /** The query of the webhook's URL, with its `?`; empty for none. */
  readonly query: string;
  /** The header `X-Twilio-Signature`, which the app has not checked yet. */
  readonly signature: string;
  readonly parameters: Readonly<Record<string, string | string[]>>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The highest length of an encrypted note (box) in base64. No webhook of Twilio is that long. */
const MOST_BOX_LENGTH = 512 * 1024;

const envelopeSchema = z.object({
  v: z.literal(1),
  id: z.uuid(),
  at: z.int(),
  until: z.int(),
  path: z.string(),
  box: z.base64(),
});

const contentSchema = z.object({
  query: z.string(),
  signature: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/**
 * Decrypts a message to Home Assistant's webhook for the relay. Decryption fails if somebody changed the webhook, its
 * time or its path on the way.
 *
 * @param key 32 bytes in base64
 * @returns null if this installation's relay did not write the message
 */
export function openRelayNote(message: unknown, key: string): RelayNote | null {
  if (isTooLong(message)) return null;
  const envelope = envelopeSchema.safeParse(message);
  if (!envelope.success) return null;
  const { v, id, at, until, path, box } = envelope.data;
  const text = decrypt(Buffer.from(box, "base64"), key, JSON.stringify([v, id, at, until, path]));
  if (text === null) return null;
  const content = contentSchema.safeParse(JSON.parse(text));
  if (!content.success) return null;
  const { query, signature, params } = content.data;
  return { id, at, until, path, query, signature, parameters: params };
}

/**
 * Whether the encrypted note (`box`) is longer than any that the relay writes. Anyone can post 16 MB to the webhook,
 * and decrypting such a long text takes much time.
 */
function isTooLong(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("box" in message)) return false;
  return typeof message.box === "string" && message.box.length > MOST_BOX_LENGTH;
}

/** Decrypts a note with AES-256-GCM. `box` has the nonce, the encrypted text and the tag, one after another. */
function decrypt(box: Buffer, key: string, authenticated: string): string | null {
  if (box.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "base64"), box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(authenticated));
  decipher.setAuthTag(box.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
