import { MAX_NAME_LENGTH } from "../domain/payload/payload-fields.ts";
import { cutText } from "../domain/text/cut-text.ts";
import { alarmTexts } from "./alarm-texts.ts";

/** The automatic name of an alarm contains at most this many characters of the alarm's message. */
const MOST_OF_MESSAGE = 60;

/** The name of an alarm that an automation started without a name: the beginning of its message, and its people. */
export function nameFromMessage(message: string, people: readonly { readonly name: string }[]): string {
  const names = people.map(({ name }) => name).join(", ");
  return cutText(`${cutText(message, MOST_OF_MESSAGE)} (${names})`, MAX_NAME_LENGTH);
}

/**
 * The name of a drill (test alarm) that a user starts in the panel. It contains the names of the people. So drills for
 * different people do not count as the same alarm.
 */
export function nameOfDrill(people: readonly string[], language: string): string {
  return cutText(alarmTexts(language).drillFor(people.join(", ")), MAX_NAME_LENGTH);
}
