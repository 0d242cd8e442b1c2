import { hasControlCharacters } from "../domain/text/control-characters.ts";

/** What stands in `media` or `play`, and who has it. */
export type MediaSource = { readonly kind: "url"; readonly url: string } | HomeMediaSource;

/** What Home Assistant has. */
export type HomeMediaSource =
  /** `camera.…` or `image.…`: its current picture. */
  | { readonly kind: "picture"; readonly entityId: string }
  /** `media-source://…` */
  | { readonly kind: "media_source"; readonly id: string };

const ENTITY = /^(?:media-source:\/\/(?:camera|image)\/)?((?:camera|image)\.\w+)$/i;

/**
 * Null for what is none. As media source a camera or an image is an endless stream, which nobody can send: what is
 * meant is its picture.
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

/** For sentences about it. What follows a `?` may be the text that a voice is to speak, which is nobody else's. */
export function describeMediaSource(source: HomeMediaSource): string {
  return source.kind === "picture" ? source.entityId : source.id.replace(/\?[^]*/, "?…");
}

export interface FetchedMedia {
  /** Such as `image/jpeg`, without parameters. */
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** What came of asking Home Assistant for a file. Messages are whole sentences that name what was asked for. */
export type MediaFetchResult =
  | ({ readonly kind: "fetched" } & FetchedMedia)
  /** `size` in bytes; null where it was not told and reading was given up. */
  | { readonly kind: "too_large"; readonly type: string; readonly size: number | null }
  /** Asking again changes nothing. */
  | { readonly kind: "refused"; readonly message: string }
  /** May pass. */
  | { readonly kind: "unavailable"; readonly message: string };

const SIGNATURES: readonly (readonly [type: string, first: readonly number[]])[] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/**
 * The type of a picture by its first bytes, else null. Cameras say JPEG of whatever they give, and Twilio rejects a
 * file that is not what its Content-Type says.
 */
export function detectImageType(content: Uint8Array): string | null {
  const found = SIGNATURES.find(([, first]) => first.every((byte, index) => content[index] === byte));
  return found?.[0] ?? null;
}

/** What came with a message, or was recorded, as far as a browser may be shown it. */
export type TwilioMedia =
  | {
      readonly ok: true;
      readonly type: string;
      readonly body: ReadableStream<Uint8Array>;
      /** In bytes; null where it is not told. */
      readonly length: number | null;
      /** Whether parts of it can be asked for. */
      readonly hasParts: boolean;
      /** Which part it is, as HTTP's `Content-Range`; null for all of it. */
      readonly part: string | null;
    }
  /**
   * `refused`: not one of our account's files. `unreadable`: of a type that is not shown, or too large. `beyond`: the
   * file ends before the part that was asked for.
   */
  | { readonly ok: false; readonly why: "refused" | "gone" | "unreadable" | "away" | "beyond" };
