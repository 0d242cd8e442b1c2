import type VoiceResponseClass from "twilio/lib/twiml/VoiceResponse.js";

import { createLazyLoader } from "../../domain/lazy-loader.ts";
import { cutText } from "../../domain/text/cut-text.ts";

/**
 * The most characters of one part of a text that every voice at Twilio can speak. Source:
 * twilio.com/docs/api/errors/13521
 */
const LONGEST_PART = 3000;
/** The most characters that one part of a text may have after URL encoding. */
const LONGEST_ENCODED = 4500;

/** Splits a text into parts that Twilio can speak. Splits between words if possible. */
export function splitText(text: string): string[] {
  let rest = escapeXmlText(text);
  const parts: string[] = [];
  for (let most = longest(rest); rest.length > most; most = longest(rest)) {
    const blank = rest.lastIndexOf(" ", most);
    const end = blank > most / 2 ? blank : cutText(rest, most).length;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/** Returns how many characters at the beginning of the text fit into one part. */
function longest(text: string): number {
  let most = LONGEST_PART;
  while (encodeURIComponent(cutText(text, most)).length > LONGEST_ENCODED) most = Math.floor(most * 0.8);
  return most;
}

/**
 * Removes characters that XML does not allow. Twilio's TwiML builder throws on them, and the caller should still hear
 * the rest of the text. Source: www.w3.org/TR/xml/#charsets
 */
export function escapeXmlText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");
}

// Node takes 70 µs for each `import`, also if the module is loaded already.
const loadBuilder = createLazyLoader(() => import("twilio/lib/twiml/VoiceResponse.js"));

export type VoiceResponse = VoiceResponseClass;

/** Loads Twilio's TwiML builder. Returns a function that creates an empty TwiML document. */
export async function loadVoiceResponses(): Promise<() => VoiceResponse> {
  const { default: VoiceResponse } = await loadBuilder();
  return () => new VoiceResponse();
}

/** Loads Twilio's TwiML builder, and creates an empty TwiML document. */
export async function newVoiceResponse(): Promise<VoiceResponse> {
  return (await loadVoiceResponses())();
}
