import { hasControlCharacters } from "./control-characters.ts";

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
export function nameOfMedia(source: HomeMediaSource): string {
  return source.kind === "picture" ? source.entityId : source.id.replace(/\?[^]*/, "?…");
}
