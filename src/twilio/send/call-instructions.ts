import { scriptStepId } from "../../calls/script.ts";
import type { ScriptedCall } from "../../calls/script.ts";
import { talkError } from "../../calls/step-result.ts";
import type { PublishedMedia, PublishMedia } from "../../media/publish-media.ts";
import type { CallInstructions, PreparedDelivery } from "../../outbound/delivery/message-or-call.ts";
import { scriptTwimlWriter, termsOf } from "../twiml/script-twiml.ts";
import { connectedTwimlWriter, playedTwiml, spokenTwiml } from "../twiml/spoken-twiml.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { fittingStep, MOST_TWIML } from "./fitting-step.ts";
import { notPublished } from "./not-published.ts";

/**
 * An ID of the length that all deliveries' IDs have. The app must check the length of the TwiML, which contains the ID,
 * before it knows the real ID.
 */
const EXAMPLE_REFERENCE = "00000000-0000-0000-0000-000000000000";

/**
 * Makes the parameters with which the app creates a call at Twilio (`Calls.json`). `reference` is the delivery's secret
 * ID, which is part of the URL of the first step. `from` is the sender. If Twilio then connects the call with a second
 * number, the phone of the second number shows the sender.
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
   * Prepares a call of an alarm. The POST contains the text, so the callee hears the text even if Twilio cannot reach
   * the app during the call.
   */
  async function scripted(call: ScriptedCall): Promise<PreparedInstructions> {
    const base = publicAddress();
    const write = await scriptTwimlWriter();
    if (base === null) {
      const spoken = { ...call, say: call.withoutAddress, keys: null, repeat: call.repeat + 1 };
      const fitting = fittingStep(spoken, (step) => write(step, ""));
      return inlineTwiml(write(fitting, ""));
    }
    const twimlOf = (step: ScriptedCall, reference: string): string =>
      write(step, talkAddress(base, { call: "new", step: stepOf(call, reference), terms: termsOf(call) }));
    // An alarm must call people in any case, so a text that is too long is shortened.
    const fitting = fittingStep(call, (step) => twimlOf(step, EXAMPLE_REFERENCE));
    const example = inlineTwiml(twimlOf(fitting, EXAMPLE_REFERENCE));
    if (!example.ok) return example;
    return { ok: true, parameters: (reference) => ({ twiml: twimlOf(fitting, reference) }) };
  }

  function played(source: string, requestId: string): Promise<PublishedMedia> {
    return publishMedia([source], "call", requestId);
  }
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
