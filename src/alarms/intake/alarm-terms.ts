import type { AlarmTerms } from "../alarm.ts";
import type { StartPayload } from "./alarm-payload.ts";

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
    passKey: payload.pass_key,
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
