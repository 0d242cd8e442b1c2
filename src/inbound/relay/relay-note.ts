import { createDecipheriv } from "node:crypto";

import * as z from "zod";

/** One of Twilio's webhooks, as the relay Function in Twilio's cloud passes it on. */
export interface RelayNote {
  /** The ID that the Function gave to the webhook. It is the same each time that the relay posts the note. */
  readonly id: string;
  /** When the webhook arrived, and until when the Function waits, in milliseconds since 1970 by Twilio's clock. */
  readonly at: number;
  readonly until: number;
  /** The path of the webhook's URL, such as `/webhook`. */
  readonly path: string;
  /** The query of the webhook's URL, with its `?`; empty for none. */
  readonly query: string;
  /** Twilio's `X-Twilio-Signature`. It is not checked yet. */
  readonly signature: string;
  readonly parameters: Readonly<Record<string, string | string[]>>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The longest box, in base64: more than the longest webhook of Twilio's. */
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
 * Decrypts a message to the relay's webhook. The encryption also protects the webhook's time and path against changes
 * on the way.
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

/** Whether no relay writes a box of this length. Anyone can post 16 MB, whose check would take long. */
function isTooLong(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("box" in message)) return false;
  return typeof message.box === "string" && message.box.length > MOST_BOX_LENGTH;
}

/** Decrypts a note with AES-256-GCM. `box` has the nonce, the encrypted text and the tag. */
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
