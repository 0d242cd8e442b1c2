/** The type of an option in the `schema` of config.yaml. A list contains the type of its entries. */
export type OptionType = string | readonly [OptionType] | { readonly [name: string]: OptionType };

/** Supervisor starts no app with such options, and the page on which the user saves them shows this message. */
export class OptionsInvalidError extends Error {
  override readonly name = "OptionsInvalidError";
}

export interface ValidatedOptions {
  readonly options: Readonly<Record<string, unknown>>;
  /** The warnings in Supervisor's log. */
  readonly warnings: readonly string[];
}

/**
 * Checks the user's options as Supervisor does, and returns what it passes to the app. Values may change their type, and
 * unknown names are dropped. Options that are not optional must be present. A null is refused, also for optional ones; an
 * empty text is accepted. Source: `AppOptions` of supervisor/apps/options.py.
 *
 * @throws {OptionsInvalidError}
 */
export function validateOptions(
  schema: Readonly<Record<string, OptionType>>,
  given: Readonly<Record<string, unknown>>,
): ValidatedOptions {
  const warnings: string[] = [];

  function inMapping(
    types: Readonly<Record<string, OptionType>>,
    values: Readonly<Record<string, unknown>>,
    root: string,
  ): Record<string, unknown> {
    const taken: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(values)) {
      const type = types[name];
      if (type === undefined) warnings.push(`Option '${name}' does not exist in the schema`);
      else taken[name] = ofType(type, value, name);
    }
    for (const [name, type] of Object.entries(types)) {
      if (!(name in taken) && !isOptional(type))
        throw new OptionsInvalidError(`Missing option '${name}' in ${root}`);
    }
    return taken;
  }

  function ofType(type: OptionType, value: unknown, name: string): unknown {
    if (typeof type === "string") return single(type, value, name);
    if (isList(type)) {
      if (!Array.isArray(value)) throw new OptionsInvalidError(`Invalid list for option '${name}'`);
      return value.map((entry) => ofType(type[0], entry, name));
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new OptionsInvalidError(`Invalid dict for option '${name}'`);
    return inMapping(type, value as Record<string, unknown>, name);
  }

  return { options: inMapping(schema, given, "root"), warnings };
}

function isList(type: OptionType): type is readonly [OptionType] {
  return Array.isArray(type);
}

function isOptional(type: OptionType): boolean {
  const decisive = isList(type) ? type[0] : type;
  return typeof decisive === "string" && decisive.endsWith("?");
}

function single(type: string, value: unknown, name: string): unknown {
  if (value === null) throw new OptionsInvalidError(`Missing required option '${name}'`);
  const [, kind = "", range = ""] = /^(\w+)(?:\((.*)\))?\??$/s.exec(type) ?? [];
  switch (kind) {
    case "str":
    case "password":
      if (typeof value !== "string") throw new OptionsInvalidError(`expected str for '${name}'`);
      inRange(value.length, range, name);
      return value;
    case "int":
    case "float":
      return inRange(numberOf(kind, value, name), range, name);
    case "bool":
      return boolOf(value, name);
    case "list":
      return oneOf(range.split("|"), value, name);
    default:
      throw new Error(`this stand-in does not know the type ${type}`);
  }
}

function oneOf(words: readonly string[], value: unknown, name: string): string {
  const found = words.find((word) => word === value || Number(word) === value);
  if (found === undefined)
    throw new OptionsInvalidError(`value must be one of ${words.join(", ")} for '${name}'`);
  return found;
}

/** Converts texts, numbers and booleans like Python's `int()` and `float()`. */
function numberOf(kind: "int" | "float", value: unknown, name: string): number {
  const isText = typeof value === "string";
  const readable = kind === "int" ? /^\s*[+-]?\d+(_\d+)*\s*$/ : /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
  const isNumber = isText ? readable.test(value) : ["number", "boolean"].includes(typeof value);
  if (!isNumber) throw new OptionsInvalidError(`expected ${kind} for '${name}'`);
  const number = Number(isText ? value.replaceAll("_", "") : value);
  return kind === "int" ? Math.trunc(number) : number;
}

function inRange(number: number, range: string, name: string): number {
  const [least = "", most = ""] = range.split(",");
  if (least !== "" && number < Number(least))
    throw new OptionsInvalidError(`value must be at least ${least} for '${name}'`);
  if (most !== "" && number > Number(most))
    throw new OptionsInvalidError(`value must be at most ${most} for '${name}'`);
  return number;
}

function boolOf(value: unknown, name: string): boolean {
  if (typeof value !== "string") return Boolean(value);
  if (/^(1|true|yes|on|enable)$/i.test(value)) return true;
  if (/^(0|false|no|off|disable)$/i.test(value)) return false;
  throw new OptionsInvalidError(`expected boolean for '${name}'`);
}
