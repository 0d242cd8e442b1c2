import { talkError } from "../../calls/step-result.ts";
import type { PublishedMedia, PublishMedia } from "../../media/publish-media.ts";
import type { CallInstructions, PreparedDelivery } from "../../outbound/delivery/message-or-call.ts";
import { playedTwiml, spokenTwiml } from "../twiml/spoken-twiml.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { notPublished } from "./not-published.ts";

/** Twilio's limit for TwiML sent with a call. Source: twilio.com/docs/voice/api/call-resource */
const MOST_TWIML = 4000;

/** What `Calls.json` takes. `reference`: the call's own, which stands in the address that Twilio asks. */
export type CallParameters = (
  reference: string,
) => { readonly twiml: string } | { readonly url: string; readonly method?: "POST" };

export type PreparedInstructions =
  | { readonly ok: true; readonly parameters: CallParameters }
  | { readonly ok: false; readonly end: Exclude<PreparedDelivery, { readonly kind: "ready" }> };

export interface CallInstructionsOptions {
  /** Where Twilio reaches the app, such as `https://home.example`; null while it is not known. */
  readonly publicAddress: () => string | null;
  readonly publishMedia: PublishMedia;
  readonly talkAddress: WriteTalkAddress;
}

/** What Twilio is to do when a call is answered. */
export function createCallInstructions({
  publicAddress,
  publishMedia,
  talkAddress,
}: CallInstructionsOptions) {
  return async function callInstructions(
    instructions: CallInstructions,
    requestId: string,
  ): Promise<PreparedInstructions> {
    if ("twimlUrl" in instructions) return ready({ url: instructions.twimlUrl });
    if ("twiml" in instructions) return whole(instructions.twiml);
    if ("say" in instructions) return whole(await spokenTwiml(instructions));
    if ("opening" in instructions) {
      const { step, terms } = instructions.opening;
      const base = publicAddress();
      if (base === null) return { ok: false, end: { kind: "refused", error: talkError("no_public_url") } };
      // It is fetched anew when the call is answered; what cannot be fetched is said before anybody is called.
      const sound = step.speech.kind === "play" ? await played(step.speech.url, requestId) : null;
      if (sound?.ok === false) return { ok: false, end: notPublished(sound) };
      return {
        ok: true,
        parameters: (reference) => ({
          url: talkAddress(base, { call: "new", step: reference, terms }),
          method: "POST",
        }),
      };
    }
    const sound = await played(instructions.play, requestId);
    if (!sound.ok) return { ok: false, end: notPublished(sound) };
    return whole(await playedTwiml(sound.urls[0] ?? "", instructions.repeat));
  };

  function played(source: string, requestId: string): Promise<PublishedMedia> {
    return publishMedia([source], "call", requestId);
  }
}

function ready(parameters: ReturnType<CallParameters>): PreparedInstructions {
  return { ok: true, parameters: () => parameters };
}

function whole(twiml: string): PreparedInstructions {
  if (twiml.length <= MOST_TWIML) return ready({ twiml });
  const message = `The text to speak makes ${twiml.length} characters of TwiML; Twilio takes at most ${MOST_TWIML}.`;
  return { ok: false, end: { kind: "refused", error: { code: "invalid", message, more_info: null } } };
}
