import type { Translate } from "./form-language.ts";

/** The keys whose texts a form shows. */
const SHOWN = new Set(["alias", "name", "description", "label", "example"]);

/** The use of a text. `shown`: people read it in the form. `default`: it is the default value of an input. */
export type FormTextKind = "shown" | "default";

/** Whether the value of `key` is a text of the form. Everything inside of a `default` is a default. */
export function formTextKind(key: string, inside: FormTextKind | null): FormTextKind | null {
  if (inside === "default" || key === "default") return "default";
  return SHOWN.has(key) ? "shown" : null;
}

/**
 * A copy of the form of a script or blueprint in another language. Only texts that people read or hear
 * change: IDs, keys and the values of choices stay.
 *
 * @param shown translates the texts that the form shows
 * @param defaults translates the default values
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
