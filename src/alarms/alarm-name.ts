import { MAX_NAME_LENGTH } from "../domain/payload/payload-fields.ts";
import { alarmTexts } from "./alarm-texts.ts";

/** The automatic name of an alarm contains at most this many characters of the alarm's message. */
const MOST_OF_MESSAGE = 60;

/** The name of an alarm that an automation started without a name: the beginning of its message, and its people. */
export function nameFromMessage(message: string, people: readonly { readonly name: string }[]): string {
  const names = people.map(({ name }) => name).join(", ");
  return `${message.slice(0, MOST_OF_MESSAGE)} (${names})`.slice(0, MAX_NAME_LENGTH);
}

/**
 * The name of a drill (test alarm) that a user starts in the panel. It contains the names of the people. So drills for
 * different people do not count as the same alarm.
 */
export function nameOfDrill(people: readonly string[], language: string): string {
  return alarmTexts(language).drillFor(people.join(", ")).slice(0, MAX_NAME_LENGTH);
}
