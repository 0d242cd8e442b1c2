import { hasControlCharacters } from "../domain/text/control-characters.ts";

/** A value of `media` or `play`. */
export type MediaSource = { readonly kind: "url"; readonly url: string } | HomeMediaSource;

/** A file that Home Assistant has. */
export type HomeMediaSource =
  /** The current picture of `camera.…` or `image.…`. */
  | { readonly kind: "picture"; readonly entityId: string }
  /** `media-source://…` */
  | { readonly kind: "media_source"; readonly id: string };

const ENTITY = /^(?:media-source:\/\/(?:camera|image)\/)?((?:camera|image)\.\w+)$/i;

/**
 * Reads a value of `media` or `play`; null if it is not valid. A camera or image as media source would be an endless
 * stream, so its current picture is used.
 */
export function parseMediaSource(text: string): MediaSource | null {
  const trimmed = text.trim();
  if (hasControlCharacters(trimmed)) return null;
  const entityId = ENTITY.exec(trimmed)?.[1];
  if (entityId !== undefined) return { kind: "picture", entityId: entityId.toLowerCase() };
  if (/^media-source:\/\/./.test(trimmed)) return { kind: "media_source", id: trimmed };
  return /^https?:\/\/[^\s/]+\S*$/i.test(trimmed) && URL.canParse(trimmed)
    ? { kind: "url", url: trimmed }
    : null;
}

/** The name of a source for messages and logs, without its query: that may be a private text to be spoken. */
export function describeMediaSource(source: HomeMediaSource): string {
  return source.kind === "picture" ? source.entityId : source.id.replace(/\?[^]*/, "?…");
}

export interface FetchedMedia {
  /** Such as `image/jpeg`, without parameters. */
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * A file fetched from Home Assistant, or why it could not be fetched. Messages are whole sentences that name the
 * source.
 */
export type MediaFetchResult =
  | ({ readonly kind: "fetched" } & FetchedMedia)
  /** `size` in bytes; null if it was not declared and reading was stopped. */
  | { readonly kind: "too_large"; readonly type: string; readonly size: number | null }
  /** Home Assistant refused the file. A retry cannot help. */
  | { readonly kind: "refused"; readonly message: string }
  /** Home Assistant is away. A retry may help. */
  | { readonly kind: "unavailable"; readonly message: string };

const SIGNATURES: readonly (readonly [type: string, first: readonly number[]])[] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/**
 * The type of a picture by its first bytes; null for other files. Cameras declare every picture as JPEG, and Twilio
 * rejects a file that does not match its Content-Type.
 */
export function detectImageType(content: Uint8Array): string | null {
  const found = SIGNATURES.find(([, first]) => first.every((byte, index) => content[index] === byte));
  return found?.[0] ?? null;
}

/** A file of a message, or a recording, for the browser. */
export type TwilioMedia =
  | {
      readonly ok: true;
      readonly type: string;
      readonly body: ReadableStream<Uint8Array>;
      /** The length of the file in bytes; null if it is not declared. */
      readonly length: number | null;
      /** Whether the server supports requests for a part. */
      readonly hasParts: boolean;
      /** The part that `body` contains, as HTTP's `Content-Range`; null for the whole file. */
      readonly part: string | null;
    }
  /**
   * `refused`: the file does not belong to the account. `unreadable`: its type is not shown, or it is too large. `beyond`:
   * the file ends before the requested part.
   */
  | { readonly ok: false; readonly why: "refused" | "gone" | "unreadable" | "away" | "beyond" };
