import type { LastInbound } from "../contacts/choose-recipient-address.ts";
import { lastUsedForm } from "../contacts/numbers/number-forms.ts";
import type { ResolveRecipient } from "../contacts/ports.ts";
import type { Chance } from "../domain/chance.ts";
import type { TalkCommand } from "./step.ts";
import type { TalkPayload } from "./talk-payload.ts";
import { talkStepOf } from "./talk-step.ts";
import { sessionTermsOf } from "./talk-step.ts";

export interface TalkCommandInput {
  readonly requestId: string;
  readonly origin: string;
  readonly fingerprint: string;
  readonly receivedAt: number;
  readonly timeoutMs: number;
}

export interface MakeTalkCommandOptions {
  readonly resolveRecipient: ResolveRecipient;
  readonly lastInbound: LastInbound;
  /** The language of spoken text, as Twilio names it (`de-DE`). */
  readonly language: () => string;
  /** The source of random IDs for steps, which nobody can guess. */
  readonly chance: Chance;
}

export type MakeTalkCommand = (
  asked: TalkCommandInput,
  payload: TalkPayload,
) => Promise<
  | { readonly ok: true; readonly command: TalkCommand }
  /** The payload has a fault. `logged`: the fault for the log, which quotes nothing that the automation wrote. */
  | { readonly ok: false; readonly fault: string; readonly logged: string }
>;

/**
 * Makes the function that turns the payload of `talk` into a step on a call (what the app says and asks). It finds the
 * number for the field `forward_to`. If this recipient cannot be called, it returns a fault.
 */
export function createTalkCommandMaker({
  resolveRecipient,
  lastInbound,
  language,
  chance,
}: MakeTalkCommandOptions): MakeTalkCommand {
  return async function makeTalk({ timeoutMs, ...asked }, payload) {
    const forward =
      payload.forward_to === undefined ? null : await resolveRecipient(payload.forward_to, false);
    if (forward?.ok === false) return faulty(forward.reason, forward.fault);
    if (forward?.ok === true && !/^\+\d+$/.test(forward.address))
      return faulty("must be a telephone number: other addresses cannot be called");
    // Some countries have two forms of one number. Forward to the form from which the contact called last.
    const number =
      forward?.contact == null
        ? forward?.address
        : lastUsedForm(forward.address, (address) => lastInbound(address, "call")?.at ?? null);
    return {
      ok: true,
      command: {
        ...asked,
        command: "talk",
        deadline: asked.receivedAt + timeoutMs,
        callSid: payload.call,
        stepId: chance.uuid(),
        step: talkStepOf(payload, number ?? null),
        terms: sessionTermsOf(payload, language()),
        isSentToTwilio: false,
      },
    };
  };
}

function faulty(fault: string, logged = fault) {
  return {
    ok: false,
    fault: `payload.forward_to: ${fault}`,
    logged: `payload.forward_to: ${logged}`,
  } as const;
}
