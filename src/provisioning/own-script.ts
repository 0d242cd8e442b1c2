import { canonicalJson } from "../domain/payload/canonical-json.ts";
import type { Translate } from "./form-language.ts";
import { translateForm } from "./translate-form.ts";

type Definition = Readonly<Record<string, unknown>>;

/** A script of the app. The mark in its description shows the script's version and later edits (see `markScript`). */
export interface OwnScript {
  /** The script's ID without `script.`. */
  readonly id: string;
  readonly version: number;
  readonly definition: Definition;
}

/**
 * A stored script, compared with the app's. The app replaces only an `outdated` one. The hash in its description shows
 * that nobody has edited it.
 */
export type ScriptState =
  | { readonly kind: "current" | "outdated" | "newer" | "foreign" }
  | { readonly kind: "edited"; readonly version: number };

/** The mark in English. */
const MARK_TEXT =
  "Installed by the Twilio app, version {version} · {hash}. If you edit this script, the app no longer updates it.";

/** Matches the mark of every version in every language. Newer versions of the app may have another text. */
const MARK = / ?\([^()]*? (\d+) · ([0-9a-f]{8})\.[^()]*\)$/;

/**
 * Translates the form, and adds the mark to the description, where Home Assistant stores it: the version, and a hash that
 * shows later edits.
 *
 * @param id without `script.`
 */
export function markScript(
  id: string,
  version: number,
  definition: Definition,
  hash: (text: string) => string,
  translate: Translate = (text) => text,
): OwnScript {
  const { sequence, ...form } = definition;
  const translated = { ...translateForm(form, translate, translate), sequence };
  const text = scriptDescription(translated);
  const mark = translate(MARK_TEXT)
    .replace("{version}", String(version))
    .replace("{hash}", shortHash(translated, text, hash));
  return { id, version, definition: { ...translated, description: `${text} (${mark})` } };
}

/** The version in the mark of a description, in any language; null without a mark. */
export function markedVersion(description: string | null): number | null {
  const version = MARK.exec(description ?? "")?.[1];
  return version === undefined ? null : Number(version);
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
