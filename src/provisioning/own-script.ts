import { canonicalJson } from "../domain/payload/canonical-json.ts";
import type { Translate } from "./form-language.ts";
import { translateForm } from "./translate-form.ts";

type Definition = Readonly<Record<string, unknown>>;

/**
 * A script that comes with the app. A mark in its description shows its version and whether it was edited, see
 * `markScript`.
 */
export interface OwnScript {
  /** The script's ID without `script.`. */
  readonly id: string;
  readonly version: number;
  readonly definition: Definition;
}

/**
 * How a script that Home Assistant has compares with the app's own. The app replaces only an `outdated` script. Such a
 * script has an earlier version or is in another language, and the hash in its description shows that nobody has edited
 * it.
 */
export type ScriptState =
  | { readonly kind: "current" | "outdated" | "newer" | "foreign" }
  | { readonly kind: "edited"; readonly version: number };

/** The English text of the mark in a script's description, which has the version and a hash. */
const MARK_TEXT =
  "Installed by the Twilio app, version {version} · {hash}. If you edit this script, the app no longer updates it.";

/**
 * Matches the mark in a script's description, of each version and in each language. Later versions of the app may write
 * other words around the version and the hash.
 */
const MARK = / ?\([^()]*? (\d+) · ([0-9a-f]{8})\.[^()]*\)$/;

/**
 * Translates the form of a script and adds the mark to its description. The mark has the script's version and a hash.
 * If somebody edits the script, the hash no longer fits.
 *
 * @param id the script's ID without `script.`
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

/** The version in the mark of a script's description, in any language; null if it has no mark. */
export function markedVersion(description: string | null): number | null {
  const version = MARK.exec(description ?? "")?.[1];
  return version === undefined ? null : Number(version);
}

/** Compares a script that Home Assistant has with the app's own. */
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

/** The description of a script; empty if it has none. */
export function scriptDescription({ description }: Definition): string {
  return typeof description === "string" ? description : "";
}

/** The first part of a hash over the whole script without its mark. */
function shortHash(definition: Definition, description: string, hash: (text: string) => string): string {
  return hash(canonicalJson({ ...definition, description })).slice(0, 8);
}
