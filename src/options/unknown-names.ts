import { nearestNames } from "../contacts/nearest-names.ts";
import { contactSchema, notifierSchema, OPTIONS_SCHEMA } from "./options-schema.ts";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * The names of the fields in each option that has fields. Supervisor removes unknown fields, so only a file that
 * somebody wrote by hand can contain them.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  notifiers: Object.keys(notifierSchema.shape),
  contacts: Object.keys(contactSchema.shape),
  incoming_calls: ["wait_seconds", "otherwise", "say"],
  incoming_messages: ["strangers"],
  limits: ["messages_per_day", "calls_per_day", "alarm_tries_per_day"],
  alarms: ["whatsapp_template"],
  relay: ["per_day"],
};

/**
 * Returns a warning for each option or field that the app does not know and ignores. The warning proposes similar names
 * that the app knows.
 */
export function unknownOptionNames(raw: Mapping): string[] {
  const options = unknownIn(raw, Object.keys(OPTIONS_SCHEMA), "");
  const fields = Object.entries(FIELDS).flatMap(([option, known]) => {
    const value = raw[option];
    if (!Array.isArray(value)) return unknownIn(value, known, `${option}: `);
    return value.flatMap((entry, index) => unknownIn(entry, known, `${option}, entry ${index + 1}: `));
  });
  return [...options, ...fields];
}

function unknownIn(value: unknown, known: readonly string[], where: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestNames(
        name.toLowerCase(),
        known.map((one) => ({ name: one, folded: one })),
      );
      const instead = near.length === 0 ? "" : `; enter ${near.join(" or ")} if you mean that`;
      return `${where}${name}: there is no such option${instead}; it is ignored.`;
    });
}
