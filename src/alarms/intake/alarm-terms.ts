import type { AlarmTerms } from "../alarm.ts";
import type { StartPayload } from "./alarm-payload.ts";

/** The key that passes an alarm on if the action names none, and the one if this key already takes the alarm. */
const PASS_KEY = "2";
const OTHER_PASS_KEY = "1";

/** The settings of an alarm, from the fields of the action that starts it. */
export function termsOf(payload: StartPayload, language: string): AlarmTerms {
  return {
    order: payload.order,
    ringSeconds: payload.ring_seconds,
    calls: payload.calls,
    waitSeconds: payload.wait_seconds,
    pauseSeconds: payload.pause_seconds,
    rounds: payload.rounds ?? null,
    giveUpSeconds: payload.give_up_after,
    key: payload.key,
    passKey: payload.pass_key ?? (payload.key === PASS_KEY ? OTHER_PASS_KEY : PASS_KEY),
    confirm: payload.confirm,
    remindSeconds: payload.remind_seconds,
    quietSeconds: payload.quiet_seconds,
    inform: payload.inform,
    atEnd: payload.at_end,
    language,
    voice: payload.voice ?? null,
    repeat: payload.repeat,
    test: payload.test,
  };
}
