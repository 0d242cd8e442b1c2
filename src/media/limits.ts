/** The purpose of a file. Twilio's limits differ between these purposes. */
export type MediaPurpose = "sms" | "whatsapp" | "call";

const MB = 1_000_000;

interface Kinds {
  readonly types: readonly string[];
  readonly mostBytes: number;
}

interface Limits {
  readonly what: string;
  /** The accepted types in words, for the error about a file of another type. */
  readonly takes: string;
  readonly mostFiles: number;
  readonly mostBytesTogether: number;
  readonly kinds: readonly Kinds[];
}

/**
 * Twilio's limits for media. Twilio often accepts a message with a larger file, but does not send it. A megabyte counts
 * as 1,000,000 bytes, which is the smaller of the two usual definitions. Sources:
 * twilio.com/docs/messaging/guides/accepted-mime-types, …/docs/whatsapp/guidance-whatsapp-media-messages,
 * …/docs/voice/twiml/play (which gives no size)
 */
const LIMITS: Readonly<Record<MediaPurpose, Limits>> = {
  sms: {
    what: "a message",
    takes: "pictures (JPEG, PNG or GIF up to 5 MB), and most kinds of audio, video and contacts up to 500 kB",
    mostFiles: 10,
    mostBytesTogether: 5 * MB,
    kinds: [
      { types: ["image/jpeg", "image/png", "image/gif"], mostBytes: 5 * MB },
      {
        types: [
          ...["bmp", "heic", "heif", "tiff"].map((type) => `image/${type}`),
          ...["3gpp", "3gpp2", "ac3", "amr", "amr-nb", "basic", "L24", "mp4", "mpeg", "ogg"].map(audio),
          ...["vnd.rn-realaudio", "vnd.wave", "webm"].map(audio),
          ...["3gpp", "3gpp-tt", "3gpp2", "mp4", "mpeg", "quicktime", "webm"].map(video),
          ...["H261", "H263", "H263-1998", "H263-2000", "H264"].map(video),
          ...["calendar", "csv", "directory", "richtext", "rtf", "vcard", "x-vcard"].map(
            (type) => `text/${type}`,
          ),
          ...["pdf", "vcard", "vnd.apple.pkpass"].map((type) => `application/${type}`),
        ],
        mostBytes: MB / 2,
      },
    ],
  },
  whatsapp: {
    what: "a WhatsApp message",
    takes: "JPEG and PNG pictures up to 5 MB, and audio (MP3, OGG, AAC, AMR), MP4 video and PDF up to 16 MB",
    mostFiles: 1,
    mostBytesTogether: 16 * MB,
    kinds: [
      { types: ["image/jpeg", "image/png"], mostBytes: 5 * MB },
      {
        types: [
          ...["3gpp", "aac", "amr", "mpeg", "ogg"].map(audio),
          "video/mp4",
          "application/pdf",
          "application/msword",
          ...["wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"].map(
            (type) => `application/vnd.openxmlformats-officedocument.${type}`,
          ),
          "text/vcard",
        ],
        mostBytes: 16 * MB,
      },
    ],
  },
  call: {
    what: "a call",
    takes: "sound as MP3, WAV, AIFF, GSM or µ-law",
    mostFiles: 1,
    mostBytesTogether: 16 * MB,
    kinds: [{ types: ["mpeg", "wav", "aiff", "x-aifc", "gsm", "ulaw"].map(audio), mostBytes: 16 * MB }],
  },
};

function audio(type: string): string {
  return `audio/${type}`;
}

function video(type: string): string {
  return `video/${type}`;
}

/**
 * Each line has the names of one media type. Twilio accepts one of these names, and Home Assistant may use any of them.
 */
const SYNONYMS: readonly (readonly string[])[] = [
  ["image/jpeg", "image/jpg"],
  ["audio/mpeg", "audio/mp3", "audio/x-mp3"],
  ["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"],
  ["audio/aiff", "audio/x-aiff"],
  ["audio/gsm", "audio/x-gsm"],
  ["audio/aac", "audio/x-aac"],
  ["audio/mp4", "audio/x-m4a"],
  ["audio/ogg", "application/ogg"],
];

/** The name that Twilio accepts for this media type; null if Twilio does not accept the type for this purpose. */
export function acceptedMediaType(type: string, purpose: MediaPurpose): string | null {
  const names = SYNONYMS.find((synonyms) => synonyms.includes(type)) ?? [type];
  const taken = LIMITS[purpose].kinds.flatMap(({ types }) => types);
  const isTaken = (one: string): boolean => names.some((name) => name.toLowerCase() === one.toLowerCase());
  return taken.find(isTaken) ?? null;
}

/** The highest size in bytes of a file of any type for this purpose. */
export function maxMediaBytes(purpose: MediaPurpose): number {
  return Math.max(...LIMITS[purpose].kinds.map(({ mostBytes }) => mostBytes));
}

/**
 * The error message if an action names more files than Twilio accepts for this purpose; null if the number is allowed.
 */
export function tooManyMediaProblem(count: number, purpose: MediaPurpose): string | null {
  const { what, mostFiles } = LIMITS[purpose];
  if (count <= mostFiles) return null;
  return `There are ${count} media files, but ${what} accepts at most ${mostFiles === 1 ? "one" : mostFiles}.`;
}

/**
 * The error message if Twilio does not accept the media type for this purpose; null if it does. `name`: the file's
 * name.
 */
export function mediaTypeProblem(name: string, type: string, purpose: MediaPurpose): string | null {
  if (acceptedMediaType(type, purpose) !== null) return null;
  const { what, takes } = LIMITS[purpose];
  return `${name} has ${type ? `the type ${type}` : "no type"}, but ${what} accepts only ${takes}.`;
}

/**
 * The error message if a file is too large for its type and purpose; null if it is not.
 *
 * @param size the file's size in bytes; null if the app only knows that it is above `maxMediaBytes`
 */
export function mediaSizeProblem(
  name: string,
  type: string,
  size: number | null,
  purpose: MediaPurpose,
): string | null {
  const { what, kinds } = LIMITS[purpose];
  const accepted = acceptedMediaType(type, purpose) ?? "";
  const most = kinds.find(({ types }) => types.includes(accepted))?.mostBytes ?? maxMediaBytes(purpose);
  if (size !== null && size <= most) return null;
  const actual = size === null ? `more than ${inUnits(maxMediaBytes(purpose))}` : inUnits(size);
  return `${name} has ${actual}, but ${what} accepts at most ${inUnits(most)} of ${accepted || type}.`;
}

/**
 * The error message if all files together are too large for this purpose; null if they are not. `sizes`: the sizes of
 * the files in bytes.
 */
export function totalMediaSizeProblem(sizes: readonly number[], purpose: MediaPurpose): string | null {
  const { what, mostBytesTogether } = LIMITS[purpose];
  const together = sizes.reduce((sum, size) => sum + size, 0);
  if (together <= mostBytesTogether) return null;
  return `The media files have ${inUnits(together)} together, but ${what} accepts at most ${inUnits(mostBytesTogether)}.`;
}

/** Writes a size in a fitting unit. It rounds up, so that a size above the limit never looks equal to the limit. */
function inUnits(bytes: number): string {
  return bytes < MB ? `${Math.ceil(bytes / 1000)} kB` : `${Math.ceil(bytes / (MB / 10)) / 10} MB`;
}
