/** The usual extensions of types whose files do not end in the name of the type. */
const USUAL: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
};

/** The usual extension, without a dot, of a file of this media type: `jpg` for `image/jpeg`; `bin` for rare types. */
export function fileExtension(type: string): string {
  const subtype = type.replace(/^.*\/(?:x-|vnd\.)?/, "");
  return USUAL[type] ?? (/^\w{2,5}$/.test(subtype) ? subtype.toLowerCase() : "bin");
}
