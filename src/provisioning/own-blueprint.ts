import { isObject } from "../domain/payload/is-object.ts";
import { blueprintYaml, replaceInputs } from "./blueprint-inputs.ts";
import type { Translate } from "./form-language.ts";
import { formTextKind } from "./translate-form.ts";
import type { FormTextKind } from "./translate-form.ts";

/**
 * The part of a blueprint that Home Assistant shows as a form: its names, descriptions, inputs and their default
 * values.
 */
export type BlueprintForm = Readonly<Record<string, unknown>>;

/** A blueprint that comes with the app, in English. */
export interface OwnBlueprint {
  /** The file name, such as `gate_on_call.yaml`. */
  readonly name: string;
  readonly form: BlueprintForm;
  /**
   * The rest of the blueprint: triggers, conditions and actions. References to inputs are objects (`inputReference`).
   */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A blueprint that comes with the app, with the form that the app wants to install in Home Assistant. */
export interface WantedBlueprint {
  readonly path: string;
  readonly own: OwnBlueprint;
  readonly form: BlueprintForm;
}

/**
 * Returns a text that stands for one input of a blueprint. The app lets Home Assistant put these texts in place of the
 * inputs, and compares the result with its own blueprint. So it finds out whether somebody has edited the blueprint.
 */
const marker = (name: string): string => `twilio input ${name}`;

/** Writes a blueprint with a translated form as YAML. */
export function writeBlueprint({ body }: OwnBlueprint, form: BlueprintForm): string {
  return blueprintYaml({ blueprint: form, ...body });
}

/** The texts with which the app fills in the inputs of a blueprint, by the inputs' names. Each text is different. */
export function inputMarkers({ form }: OwnBlueprint): Readonly<Record<string, string>> {
  const markers: Record<string, string> = {};
  collect(form["input"]);
  return markers;

  function collect(inputs: unknown): void {
    if (!isObject(inputs)) return;
    for (const [name, input] of Object.entries(inputs)) {
      if (isObject(input) && isObject(input["input"])) collect(input["input"]);
      else markers[name] = marker(name);
    }
  }
}

/** The content that Home Assistant returns for `inputMarkers`, if nobody has edited the blueprint. */
export function markedBody({ body }: OwnBlueprint): unknown {
  return replaceInputs(body, marker);
}

/** Whether the form of an installed blueprint is the app's own, in English or one of these languages. */
export function isOwnForm(
  installed: BlueprintForm,
  { form }: OwnBlueprint,
  languages: readonly Translate[],
): boolean {
  return isSame(installed, form, "", null);

  function isSame(stored: unknown, own: unknown, key: string, inside: FormTextKind | null): boolean {
    const kind = formTextKind(key, inside);
    if (typeof own === "string" && kind !== null)
      return stored === own || languages.some((translate) => stored === translate(own));
    const within = kind === "default" ? kind : null;
    if (Array.isArray(own)) {
      if (!Array.isArray(stored) || stored.length !== own.length) return false;
      return own.every((one, index) => isSame(stored[index], one, "", within));
    }
    // Core may store a single value of a selector, such as `domain: counter`, as a list.
    if (!isObject(own)) return stored === own || (Array.isArray(stored) && isListOf(stored, own));
    if (!isObject(stored)) return false;
    const added = Object.keys(stored).filter((name) => !(name in own));
    return (
      added.every((name) => isAddedByCore(name, stored[name])) &&
      Object.entries(own).every(([name, one]) => isSame(stored[name], one, name, within))
    );
  }
}

function isListOf(list: readonly unknown[], only: unknown): boolean {
  return list.length === 1 && list[0] === only;
}

/**
 * Whether Core itself has added a value to the form. It adds the default values of selectors, such as `multiple:
 * false`.
 */
function isAddedByCore(name: string, value: unknown): boolean {
  return value === false || (name === "step" && value === 1);
}
