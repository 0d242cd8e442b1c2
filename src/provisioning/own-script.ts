import { canonicalJson } from "../domain/payload/canonical-json.ts";

type Definition = Readonly<Record<string, unknown>>;

/** A script of the app. The mark in its description shows the script's version and later edits (see `markScript`). */
export interface OwnScript {
  /** The script's ID without `script.`. */
  readonly id: string;
  readonly version: number;
  readonly definition: Definition;
}

/**
 * A stored script, compared with the app's. The app replaces only an `outdated` one, because the hash in the mark shows
 * that nobody has edited it.
 */
export type ScriptState =
  | { readonly kind: "current" | "outdated" | "newer" | "foreign" }
  | { readonly kind: "edited"; readonly version: number };

/** Matches the mark of every version. Newer versions of the app may have another text at its end. */
const MARK = / ?\(Installed by the Twilio app, version (\d+) · ([0-9a-f]{8})\.[^()]*\)$/;

/**
 * Adds the mark to the description, where Home Assistant stores it: the version, and a hash that shows later edits.
 *
 * @param id without `script.`
 */
export function markScript(
  id: string,
  version: number,
  definition: Definition,
  hash: (text: string) => string,
): OwnScript {
  const text = scriptDescription(definition);
  const mark = `(Installed by the Twilio app, version ${version} · ${shortHash(definition, text, hash)}. If you edit this script, the app no longer updates it.)`;
  return { id, version, definition: { ...definition, description: `${text} ${mark}` } };
}

/** Compares a stored script with the app's own version of it. */
export function scriptStateOf(
  stored: Definition,
  own: OwnScript,
  hash: (text: string) => string,
): ScriptState {
  const description = scriptDescription(stored);
  const mark = MARK.exec(description);
  if (mark === null) return { kind: "foreign" };
  const version = Number(mark[1]);
  if (shortHash(stored, description.slice(0, mark.index), hash) !== mark[2])
    return { kind: "edited", version };
  if (description === scriptDescription(own.definition)) return { kind: "current" };
  return { kind: version > own.version ? "newer" : "outdated" };
}

/** The description of a script, or an empty text. */
export function scriptDescription({ description }: Definition): string {
  return typeof description === "string" ? description : "";
}

/** The hash of everything except the mark. */
function shortHash(definition: Definition, description: string, hash: (text: string) => string): string {
  return hash(canonicalJson({ ...definition, description })).slice(0, 8);
}
