import { acceptedMediaType, mediaSizeProblem, mediaTypeProblem } from "./limits.ts";
import type { MediaPurpose } from "./limits.ts";
import type { MediaHost } from "./ports.ts";
import { realMediaType } from "./source.ts";
import type { FetchedMedia } from "./source.ts";

/**
 * Publishes a picture that a user has chosen in the panel. Never rejects. If it fails, `message` says why, in a
 * sentence.
 */
export type UploadMedia = (
  picture: FetchedMedia,
  isWhatsApp: boolean,
) => Promise<{ readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string }>;

/** The name of the picture in error messages. An uploaded picture has no file name. */
const PICTURE = "The picture";

/**
 * Creates a function that checks a picture and publishes it for ten minutes. Twilio would report most faults only after
 * the message was sent.
 */
export function createMediaUpload(host: () => MediaHost | null): UploadMedia {
  return async ({ type: named, content }, isWhatsApp) => {
    const type = realMediaType(named, content);
    if (type === null)
      return { ok: false, message: `${PICTURE} is called ${named}, but it is another kind of file.` };
    const purpose: MediaPurpose = isWhatsApp ? "whatsapp" : "sms";
    const problem =
      mediaTypeProblem(PICTURE, type, purpose) ?? mediaSizeProblem(PICTURE, type, content.length, purpose);
    if (problem !== null) return { ok: false, message: problem };
    const place = host();
    if (place === null)
      return {
        ok: false,
        message:
          "Twilio fetches pictures from the app, but the app's public address is not known yet. Set public_url in the app's options.",
      };
    return await place.publish({ type: acceptedMediaType(type, purpose) ?? type, content });
  };
}
