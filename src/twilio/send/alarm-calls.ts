import { ALARM_SCRIPT } from "../../alarms/call-texts.ts";
import type { AlarmCallControl } from "../../alarms/ports.ts";
import { scriptStepId } from "../../calls/script.ts";
import type { TwilioApi } from "../rest/client.ts";
import { scriptTwimlWriter, termsOf } from "../twiml/script-twiml.ts";
import type { WriteTalkAddress } from "../webhooks/talk/talk-addresses.ts";
import { fittingStep } from "./fitting-step.ts";

/**
 * Creates the functions that cancel and hang up calls of alarms, or let them say something else. `publicAddress`
 * returns null while the app does not know its public URL. In this case, the call does not wait for a key, because
 * Twilio could not report the key to the app.
 */
export function createAlarmCallControl(
  api: () => Promise<TwilioApi>,
  publicAddress: () => string | null,
  talkAddress: WriteTalkAddress,
): AlarmCallControl {
  return {
    cancel: (sid) => accepted(async () => (await api()).account.calls(sid).update({ status: "canceled" })),
    hangUp: (sid) => accepted(async () => (await api()).account.calls(sid).update({ status: "completed" })),
    say: (sid, reference, step) =>
      accepted(async () => {
        const write = await scriptTwimlWriter();
        const base = publicAddress();
        const stepId = scriptStepId(ALARM_SCRIPT, reference, step.state);
        const action =
          base === null ? "" : talkAddress(base, { call: sid, step: stepId, terms: termsOf(step) });
        const spoken = base === null ? { ...step, keys: null } : step;
        const fitting = fittingStep(spoken, (shorter) => write(shorter, action));
        return (await api()).account.calls(sid).update({ twiml: write(fitting, action) });
      }),
  };
}

async function accepted(update: () => Promise<unknown>): Promise<boolean> {
  try {
    await update();
    return true;
  } catch {
    return false;
  }
}
