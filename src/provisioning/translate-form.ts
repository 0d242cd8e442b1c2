import type { Translate } from "./form-language.ts";

/** The keys in a form whose texts Home Assistant shows. */
const SHOWN = new Set(["alias", "name", "description", "label", "example"]);

/**
 * The purpose of a text in a form. `shown`: Home Assistant shows it in the form. `default`: it is the default value of
 * an input.
 */
export type FormTextKind = "shown" | "default";

/**
 * Finds the purpose of the text under `key`; null if the text is not translated. All texts inside of a default value
 * are default values.
 */
export function formTextKind(key: string, inside: FormTextKind | null): FormTextKind | null {
  if (inside === "default" || key === "default") return "default";
  return SHOWN.has(key) ? "shown" : null;
}

/**
 * Copies the form of a script or blueprint and translates the texts that people read or hear. IDs, keys and the values
 * of choices stay.
 *
 * @param shown translates the texts that Home Assistant shows
 * @param defaults translates the default values of inputs
 */
export function translateForm(form: object, shown: Translate, defaults: Translate): Record<string, unknown> {
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, copy(value, key, null)]));

  function copy(value: unknown, key: string, inside: FormTextKind | null): unknown {
    const kind = formTextKind(key, inside);
    if (typeof value === "string") {
      if (kind === null) return value;
      return kind === "shown" ? shown(value) : defaults(value);
    }
    const within = kind === "default" ? kind : null;
    if (Array.isArray(value)) return value.map((one) => copy(one, "", within));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copy(one, name, within)]));
  }
}
