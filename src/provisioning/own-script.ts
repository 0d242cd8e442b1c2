import { canonicalJson } from "../domain/payload/canonical-json.ts";

type Definition = Readonly<Record<string, unknown>>;

/** A script as the app brings it, its mark in the description. */
export interface OwnScript {
  /** Without `script.`. */
  readonly id: string;
  readonly version: number;
  readonly definition: Definition;
}

/**
 * What a stored script is to the app. Only `outdated` may be written over: the mark's hash shows that nobody has
 * edited it since.
 */
export type ScriptState =
  | { readonly kind: "current" | "outdated" | "newer" | "foreign" }
  | { readonly kind: "edited"; readonly version: number };

/** Newer versions of the app may word the rest of it differently. */
const MARK = / ?\(Put here by the Twilio app, version (\d+) · ([0-9a-f]{8})\.[^()]*\)$/;

/** Puts version and hash where Home Assistant keeps them and a person can live with them. */
export function markScript(
  id: string,
  version: number,
  definition: Definition,
  hash: (text: string) => string,
): OwnScript {
  const text = scriptDescription(definition);
  const mark = `(Put here by the Twilio app, version ${version} · ${shortHash(definition, text, hash)}. Edit it and the app leaves it alone.)`;
  return { id, version, definition: { ...definition, description: `${text} ${mark}` } };
}

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

export function scriptDescription({ description }: Definition): string {
  return typeof description === "string" ? description : "";
}

/** Of all but the mark. */
function shortHash(definition: Definition, description: string, hash: (text: string) => string): string {
  return hash(canonicalJson({ ...definition, description })).slice(0, 8);
}
