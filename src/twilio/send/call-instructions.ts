import { scriptStepId } from "../../calls/script.ts";
import type { ScriptedCall } from "../../calls/script.ts";
import { talkError } from "../../calls/step-result.ts";
import type { PublishedMedia, PublishMedia } from "../../media/publish-media.ts";
import type { CallInstructions, PreparedDelivery } from "../../outbound/delivery/message-or-call.ts";
import { scriptTwimlWriter, termsOf } from "../twiml/script-twiml.ts";
import { connectedTwimlWriter, playedTwiml, spokenTwiml } from "../twiml/spoken-twiml.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { notPublished } from "./not-published.ts";

/**
 * The most characters of TwiML that Twilio accepts in the POST of a call. Source:
 * twilio.com/docs/voice/api/call-resource
 */
const MOST_TWIML = 4000;

/**
 * An ID of the length that all deliveries' IDs have. The app must check the length of the TwiML, which contains the ID,
 * before it knows the real ID.
 */
const EXAMPLE_REFERENCE = "00000000-0000-0000-0000-000000000000";

/**
 * Makes the parameters with which the app creates a call at Twilio (`Calls.json`). `reference` is the delivery's secret
 * ID, which is part of the URL of the first step. `from` is the sender, whose number a connected second party sees.
 */
export type CallParameters = (
  reference: string,
  from: string,
) => { readonly twiml: string } | { readonly url: string; readonly method?: "POST" };

export type PreparedInstructions =
  | { readonly ok: true; readonly parameters: CallParameters }
  | { readonly ok: false; readonly end: Exclude<PreparedDelivery, { readonly kind: "ready" }> };

export interface CallInstructionsOptions {
  /** Returns the public address, such as `https://home.example`; null while the app does not know it. */
  readonly publicAddress: () => string | null;
  readonly publishMedia: PublishMedia;
  readonly talkAddress: WriteTalkAddress;
}

/** Creates a function that prepares the instructions for a call: TwiML, or the URL of TwiML. */
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
    if ("twiml" in instructions) return inlineTwiml(instructions.twiml);
    if ("say" in instructions) return inlineTwiml(await spokenTwiml(instructions));
    if ("connect" in instructions) {
      const write = await connectedTwimlWriter(instructions.connect);
      return { ok: true, parameters: (_reference, from) => ({ twiml: write(from) }) };
    }
    if ("opening" in instructions) {
      const { step, terms } = instructions.opening;
      const base = publicAddress();
      if (base === null) return { ok: false, end: { kind: "refused", error: talkError("no_public_url") } };
      // Publishes the sound only as a test: if that fails, the call fails before the phone rings. The app publishes the
      // sound again when the call is answered.
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
    if ("scripted" in instructions) return await scripted(instructions.scripted);
    const sound = await played(instructions.play, requestId);
    if (!sound.ok) return { ok: false, end: notPublished(sound) };
    return inlineTwiml(await playedTwiml(sound.urls[0] ?? "", instructions.repeat));
  };

  /**
   * Prepares a call of an alarm. The POST contains the text, so the callee hears it even if Twilio cannot reach the app
   * then.
   */
  async function scripted(call: ScriptedCall): Promise<PreparedInstructions> {
    const base = publicAddress();
    const { language, voice, repeat } = call;
    if (base === null) {
      const say = call.withoutAddress;
      return inlineTwiml(
        await spokenTwiml({ say, language, ...(voice === null ? {} : { voice }), repeat: repeat + 1 }),
      );
    }
    const write = await scriptTwimlWriter();
    const twimlOf = (step: ScriptedCall, reference: string): string =>
      write(step, talkAddress(base, { call: "new", step: stepOf(call, reference), terms: termsOf(call) }));
    // An alarm must call people in any case, so a text that is too long is shortened.
    const fitting = shorterForms(call).find((step) => twimlOf(step, EXAMPLE_REFERENCE).length <= MOST_TWIML);
    if (fitting === undefined) return inlineTwiml(twimlOf(call, EXAMPLE_REFERENCE));
    return { ok: true, parameters: (reference) => ({ twiml: twimlOf(fitting, reference) }) };
  }

  function played(source: string, requestId: string): Promise<PublishedMedia> {
    return publishMedia([source], "call", requestId);
  }
}

/**
 * Returns the call in shorter and shorter forms: as it is, then without the repeated text after the question, then with
 * less text.
 */
function shorterForms(call: ScriptedCall): ScriptedCall[] {
  const keys = call.keys === null ? null : { ...call.keys, afterwards: "" };
  return [
    call,
    { ...call, keys },
    ...[1_500, 500].map((most) => ({ ...call, keys, say: withoutMiddle(call.say, most) })),
  ];
}

/** Shortens a text in its middle, because an alarm's question for a key is at the end. */
function withoutMiddle(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 200)} ${text.slice(-200)}`;
}

function stepOf({ script, state }: ScriptedCall, reference: string): string {
  return scriptStepId(script, reference, state);
}

function ready(parameters: ReturnType<CallParameters>): PreparedInstructions {
  return { ok: true, parameters: () => parameters };
}

function inlineTwiml(twiml: string): PreparedInstructions {
  if (twiml.length <= MOST_TWIML) return ready({ twiml });
  const message = `The text to speak has ${twiml.length} characters as TwiML, but Twilio accepts at most ${MOST_TWIML}.`;
  return { ok: false, end: { kind: "refused", error: { code: "invalid", message, more_info: null } } };
}
