import type { ScriptedCall, ScriptStep } from "../calls/script.ts";
import { nameFromMessage } from "./alarm-name.ts";
import { alarmTexts } from "./alarm-texts.ts";
import type { AlarmTry } from "./alarm-try.ts";
import { presentRevision } from "./alarm.ts";
import type { Alarm, AlarmPerson } from "./alarm.ts";

/** The name of the alarms' script in the URLs of their calls. */
export const ALARM_SCRIPT = "alarm";

/** How long a call waits for a key after its text, in seconds. */
const KEY_SECONDS = 10;

/** The input that a call waits for: the key, the same key once more, or the PIN. */
export type CallStage = "key" | "again" | "pin";

/** The first step of a call of an alarm: its name, the message, and the question for the key. */
export function askOnCall(alarm: Alarm, person: AlarmPerson, made: Pick<AlarmTry, "purpose">): ScriptedCall {
  const { spoken, drill } = alarmTexts(alarm.terms.language);
  const code = person.code.split("").join(" ");
  const content = alarm.terms.test ? `${drill} ${messageOf(alarm, made)}` : messageOf(alarm, made);
  return {
    ...questionStep(alarm, made, ""),
    script: ALARM_SCRIPT,
    withoutAddress: `${content} ${spoken.replyWith(code)}`,
  };
}

/** The name and the message of an alarm, and the question for the key. `before`: a sentence that is said first; empty for none. */
export function questionStep(alarm: Alarm, made: Pick<AlarmTry, "purpose">, before: string): ScriptStep {
  const { terms, people } = alarm;
  const { spoken, drill } = alarmTexts(terms.language);
  const content = messageOf(alarm, made);
  const question =
    made.purpose === "remind"
      ? spoken.stillYours(terms.key)
      : people.length > 1
        ? `${spoken.ask(terms.key)} ${spoken.pass(terms.passKey)}`
        : spoken.ask(terms.key);
  const parts = [before, terms.test ? drill : "", content, question];
  return {
    ...keyStep(alarm, parts.filter((part) => part !== "").join(" "), "key"),
    repeat: terms.repeat,
  };
}

/** A question for keys. `stage`: what is asked for. */
export function keyStep(alarm: Alarm, say: string, stage: CallStage, pin: string | null = null): ScriptStep {
  const { terms } = alarm;
  const keyLength = Math.max(terms.key.length, terms.passKey.length);
  return {
    ...lastStep(alarm, say),
    keys: {
      digits: stage === "pin" ? (pin?.length ?? 0) : keyLength,
      seconds: KEY_SECONDS,
      afterwards: namedMessage(alarm),
    },
    state: `${presentRevision(alarm).revision}.${stage}`,
  };
}

/** A last sentence, after which the call ends. */
export function lastStep({ terms }: Alarm, say: string): ScriptStep {
  return { say, language: terms.language, voice: terms.voice, repeat: 1, keys: null, state: "end" };
}

function messageOf(alarm: Alarm, { purpose }: Pick<AlarmTry, "purpose">): string {
  const { message } = presentRevision(alarm);
  return purpose === "remind"
    ? `${alarmTexts(alarm.terms.language).spoken.remind(alarm.name)} ${message}`
    : namedMessage(alarm);
}

/** The message after the alarm's name, because one person can be called by two alarms. */
function namedMessage(alarm: Alarm): string {
  const { name, people } = alarm;
  const { message } = presentRevision(alarm);
  const hasOwnName = name !== message && name !== nameFromMessage(message, people);
  if (!hasOwnName) return message;
  return /[.!?]$/.test(name) ? `${name} ${message}` : `${name}. ${message}`;
}

/** Reads the state of a step of an alarm's call; null if it is unreadable. */
export function readCallState(
  state: string,
): { readonly revision: number; readonly stage: CallStage } | null {
  const [, revision, stage] = /^(\d+)\.(key|again|pin)$/.exec(state) ?? [];
  if (revision === undefined) return null;
  return { revision: Number(revision), stage: stage === "again" || stage === "pin" ? stage : "key" };
}
