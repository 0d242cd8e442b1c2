import type { FetchedMedia } from "../../media/source.ts";

export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  /** The name of the file. */
  readonly name: string;
  readonly media: FetchedMedia;
}

/**
 * Writes a multipart form with one file in the field `file`, as Home Assistant expects it. `boundary`: a text that
 * appears nowhere in the file. Source: RFC 7578
 */
export function writeUpload(
  boundary: string,
  { fields, name, media }: Upload,
): { readonly type: string; readonly body: Uint8Array } {
  const texts = Object.entries(fields).map(
    ([field, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${media.type}\r\n\r\n`;
  const parts = [texts.join(""), head].map((text) => Buffer.from(text));
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...parts, media.content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
