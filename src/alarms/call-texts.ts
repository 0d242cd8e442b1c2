import type { ScriptedCall, ScriptStep } from "../calls/script.ts";
import { nameFromMessage } from "./alarm-name.ts";
import { alarmTexts, withDrill } from "./alarm-texts.ts";
import type { AlarmTry } from "./alarm-try.ts";
import { presentRevision } from "./alarm.ts";
import type { Alarm, AlarmPerson } from "./alarm.ts";

/**
 * The name of this feature in the URLs of its calls. Twilio's webhooks go to these URLs, so the app knows that this
 * feature answers them.
 */
export const ALARM_SCRIPT = "alarm";

/** After the spoken text, the call waits this many seconds for a key. */
const KEY_SECONDS = 10;

/**
 * The next input of a person on a call: the key that takes the alarm, this key a second time, or the
 * contact's PIN.
 */
export type CallStage = "key" | "again" | "pin";

/** Writes the first text of an alarm's call: the alarm's name, the message, and which key to press. */
export function askOnCall(alarm: Alarm, person: AlarmPerson, made: Pick<AlarmTry, "purpose">): ScriptedCall {
  const { spoken } = alarmTexts(alarm.terms.language);
  const code = person.code.split("").join(" ");
  return {
    ...questionStep(alarm, made, ""),
    script: ALARM_SCRIPT,
    withoutAddress: withDrill(alarm, `${messageOf(alarm, made)} ${spoken.replyWith(code)}`),
  };
}

/**
 * Makes the step of a call that says the alarm's name and message and asks the person to press a key. The key takes the
 * alarm or, on a reminder call, confirms that the person still takes care of it. `before`: a sentence that the call
 * says first; may be empty.
 */
export function questionStep(alarm: Alarm, made: Pick<AlarmTry, "purpose">, before: string): ScriptStep {
  const { terms, people } = alarm;
  const { spoken } = alarmTexts(terms.language);
  const content = messageOf(alarm, made);
  const question =
    made.purpose === "remind"
      ? spoken.stillYours(terms.key)
      : people.length > 1
        ? `${spoken.ask(terms.key)} ${spoken.pass(terms.passKey)}`
        : spoken.ask(terms.key);
  const parts = [before, content, question];
  return {
    ...keyStep(alarm, parts.filter((part) => part !== "").join(" "), "key"),
    repeat: terms.repeat,
  };
}

/** Says a text and waits for keys. `stage`: what the person must enter. */
export function keyStep(alarm: Alarm, say: string, stage: CallStage, pin: string | null = null): ScriptStep {
  const { terms } = alarm;
  const keyLength = Math.max(terms.key.length, terms.passKey.length);
  return {
    ...lastStep(alarm, say),
    keys: {
      digits: stage === "pin" ? (pin?.length ?? 0) : keyLength,
      seconds: KEY_SECONDS,
      afterwards: withDrill(alarm, namedMessage(alarm)),
    },
    state: `${presentRevision(alarm).revision}.${stage}`,
  };
}

/** Says a sentence and ends the call. */
export function lastStep(alarm: Alarm, say: string): ScriptStep {
  const { language, voice } = alarm.terms;
  return { say: withDrill(alarm, say), language, voice, repeat: 1, keys: null, state: "end" };
}

function messageOf(alarm: Alarm, { purpose }: Pick<AlarmTry, "purpose">): string {
  const { message } = presentRevision(alarm);
  return purpose === "remind"
    ? `${alarmTexts(alarm.terms.language).spoken.remind(alarm.name)} ${message}`
    : namedMessage(alarm);
}

/** The alarm's name and message. The name is needed because two alarms may call the same person. */
function namedMessage(alarm: Alarm): string {
  const { name, people } = alarm;
  const { message } = presentRevision(alarm);
  const hasOwnName = name !== message && name !== nameFromMessage(message, people);
  if (!hasOwnName) return message;
  return /[.!?]$/.test(name) ? `${name} ${message}` : `${name}. ${message}`;
}

/** Reads, from the URL of a webhook, what the call waits for; null if the URL is not valid. */
export function readCallState(
  state: string,
): { readonly revision: number; readonly stage: CallStage } | null {
  const [, revision, stage] = /^(\d+)\.(key|again|pin)$/.exec(state) ?? [];
  if (revision === undefined) return null;
  return { revision: Number(revision), stage: stage === "again" || stage === "pin" ? stage : "key" };
}
