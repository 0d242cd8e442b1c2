import { MAX_NAME_LENGTH } from "../domain/payload/payload-fields.ts";

/** How much of the message becomes the name, in characters. */
const MOST_OF_MESSAGE = 60;

/** The name of an alarm that was started without one: the beginning of its message, and its people. */
export function nameFromMessage(message: string, people: readonly { readonly name: string }[]): string {
  const names = people.map(({ name }) => name).join(", ");
  return `${message.slice(0, MOST_OF_MESSAGE)} (${names})`.slice(0, MAX_NAME_LENGTH);
}
