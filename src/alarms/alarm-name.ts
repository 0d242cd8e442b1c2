import { MAX_NAME_LENGTH } from "../domain/payload/payload-fields.ts";
import { alarmTexts } from "./alarm-texts.ts";

/** How much of the message becomes the name, in characters. */
const MOST_OF_MESSAGE = 60;

/** The name of an alarm that was started without one: the beginning of its message, and its people. */
export function nameFromMessage(message: string, people: readonly { readonly name: string }[]): string {
  const names = people.map(({ name }) => name).join(", ");
  return `${message.slice(0, MOST_OF_MESSAGE)} (${names})`.slice(0, MAX_NAME_LENGTH);
}

/**
 * The name of a drill that the panel starts. It contains the people's names, so that drills for different people are
 * different alarms.
 */
export function nameOfDrill(people: readonly string[], language: string): string {
  return alarmTexts(language).drillFor(people.join(", ")).slice(0, MAX_NAME_LENGTH);
}
