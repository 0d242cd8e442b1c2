import { hasControlCharacters } from "../domain/text/control-characters.ts";

/** A parsed value of the fields `media` or `play`: a URL, or a file of Home Assistant. */
export type MediaSource = { readonly kind: "url"; readonly url: string } | HomeMediaSource;

/** A file that the app fetches from Home Assistant. */
export type HomeMediaSource =
  /** The present picture of a camera or image entity. */
  | { readonly kind: "picture"; readonly entityId: string }
  /** A file with the ID `media-source://…`. */
  | { readonly kind: "media_source"; readonly id: string };

const ENTITY = /^(?:media-source:\/\/(?:camera|image)\/)?((?:camera|image)\.\w+)$/i;

/**
 * Reads a value of the fields `media` or `play`; null if it is not valid. `https`, `media-source` and the names of
 * entities may have capital letters, which phones write by themselves. A camera or image as a media source would be a
 * stream without an end, so the app takes the entity's present picture.
 */
export function parseMediaSource(text: string): MediaSource | null {
  const trimmed = text.trim();
  if (hasControlCharacters(trimmed)) return null;
  const entityId = ENTITY.exec(trimmed)?.[1];
  if (entityId !== undefined) return { kind: "picture", entityId: entityId.toLowerCase() };
  const mediaSource = /^media-source:\/\/(.+)/i.exec(trimmed)?.[1];
  if (mediaSource !== undefined) return { kind: "media_source", id: `media-source://${mediaSource}` };
  return /^https?:\/\/[^\s/]+\S*$/i.test(trimmed) && URL.canParse(trimmed)
    ? { kind: "url", url: trimmed }
    : null;
}

/**
 * Returns the name of a file for error messages and the log. Removes the query of a media source, because it may
 * contain a private text for text-to-speech.
 */
export function describeMediaSource(source: HomeMediaSource): string {
  return source.kind === "picture" ? source.entityId : source.id.replace(/\?[^]*/, "?…");
}

export interface FetchedMedia {
  /** The media type, such as `image/jpeg`, without parameters. */
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * A file that the app has fetched from Home Assistant, or why it could not. `message` is a sentence that names the
 * file.
 */
export type MediaFetchResult =
  | ({ readonly kind: "fetched" } & FetchedMedia)
  /** The file is too large. `size`: in bytes; null if Home Assistant did not say it, and the app stopped reading. */
  | { readonly kind: "too_large"; readonly type: string; readonly size: number | null }
  /** The file does not exist, or it is one that cannot be sent, such as a live stream. A retry cannot help. */
  | { readonly kind: "refused"; readonly message: string }
  /**
   * The file cannot be fetched now, and a retry may help. For example, Home Assistant does not answer, or the camera is
   * switched off.
   */
  | { readonly kind: "unavailable"; readonly message: string };

const SIGNATURES: readonly (readonly [type: string, first: readonly number[]])[] = [
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
];

/**
 * Returns the real type of a file. Cameras call each picture a JPEG, phones name other pictures `.jpg`, and Twilio
 * rejects a picture that does not fit its Content-Type. So the first bytes count for pictures. Returns null for a file
 * that is called a JPEG, PNG or GIF but is none, such as a page with an error.
 *
 * @param type the type that Home Assistant or the browser names
 */
export function realMediaType(type: string, content: Uint8Array): string | null {
  const found = SIGNATURES.find(([, first]) => first.every((byte, index) => content[index] === byte));
  if (found !== undefined) return found[0];
  const isCalledPicture = type === "image/jpg" || SIGNATURES.some(([picture]) => picture === type);
  return isCalledPicture ? null : type;
}

/** A file of a message or call at Twilio, for a browser that shows the panel. */
export type TwilioMedia =
  | {
      readonly ok: true;
      readonly type: string;
      readonly body: ReadableStream<Uint8Array>;
      /** The length of `body` in bytes, also if it is only a part of the file; null if Twilio does not say it. */
      readonly length: number | null;
      /** Whether the browser may request a part of the file. */
      readonly hasParts: boolean;
      /** Which part of the file `body` is, as in HTTP's header `Content-Range`; null for the whole file. */
      readonly part: string | null;
    }
  /**
   * Why there is no file. `refused`: it does not belong to the account, or a redirect leads to a URL that is not
   * allowed. `gone`: Twilio does not have it any more. `unreadable`: it is too large, or of a type that the panel does
   * not show. `away`: Twilio does not answer, or answers with another error. `beyond`: the requested part lies behind
   * the end of the file.
   */
  | { readonly ok: false; readonly why: "refused" | "gone" | "unreadable" | "away" | "beyond" };
