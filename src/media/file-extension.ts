/**
 * The usual file extension of media types such as `audio/mpeg`, in which the second word is not the extension. Home
 * Assistant serves no file whose extension Python's list of media types does not contain.
 */
const USUAL: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/vnd.wave": "wav",
  "audio/basic": "au",
  "audio/amr-nb": "amr",
  "video/quicktime": "mov",
};

/** The usual extension of a file of this media type, without a dot: `jpg` for `image/jpeg`, or `bin` for rare types. */
export function fileExtension(type: string): string {
  const subtype = type.replace(/^.*\/(?:x-|vnd\.)?/, "");
  return USUAL[type] ?? (/^\w{2,5}$/.test(subtype) ? subtype.toLowerCase() : "bin");
}
