import { canonicalJson } from "../domain/payload/canonical-json.ts";
import { TRANSLATED_LANGUAGES } from "../texts/languages.ts";
import { translationTo } from "./form-language.ts";
import type { Translate } from "./form-language.ts";
import { inputMarkers, isOwnForm, markedBody, writeBlueprint } from "./own-blueprint.ts";
import type { WantedBlueprint } from "./own-blueprint.ts";
import type { BlueprintStore, SaveBlueprintResult } from "./ports.ts";

/**
 * Replaces installed blueprints by the same ones in another language. A blueprint that the user has edited stays, and
 * so does one that automations use. Core replaces a blueprint in three steps: it empties the file, writes it, and
 * reloads all automations. If the power failed in between, or another reload read the empty file, automations would be
 * lost.
 *
 * @returns the results of the replaced blueprints, by path
 */
export async function retranslateBlueprints(
  wanted: readonly WantedBlueprint[],
  store: BlueprintStore,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SaveBlueprintResult>> {
  const languages = await Promise.all(TRANSLATED_LANGUAGES.map(translationTo));
  const results = new Map<string, SaveBlueprintResult>();
  const known = await findReplaceable(wanted, store, languages, signal);
  if (known.length === 0) return results;
  // A user may have edited a blueprint's file after Home Assistant read it. So Home Assistant must read the files again
  // first. Otherwise, the translation would overwrite these edits.
  await store.readAgain(signal);
  for (const { path, own, form } of await findReplaceable(known, store, languages, signal)) {
    results.set(path, await store.replace(path, writeBlueprint(own, form), signal));
  }
  return results;
}

/**
 * Finds the blueprints that no automation uses and nobody has edited: Home Assistant has them as the app installed
 * them, in any language.
 */
async function findReplaceable(
  wanted: readonly WantedBlueprint[],
  store: BlueprintStore,
  languages: readonly Translate[],
  signal: AbortSignal,
): Promise<readonly WantedBlueprint[]> {
  const installed = await store.list(signal);
  const found: WantedBlueprint[] = [];
  for (const { path, own, form } of wanted) {
    const stored = installed.get(path);
    if (stored === undefined || !isOwnForm(stored, own, languages)) continue;
    // Ask first whether automations use the blueprint, because this saves the next request for each used blueprint. A
    // used blueprint keeps its old language, so the app checks it at every start of Home Assistant.
    if (await store.isUsed(path, signal)) continue;
    const body = await store.substitute(path, inputMarkers(own), signal);
    if (canonicalJson(body) === canonicalJson(markedBody(own))) found.push({ path, own, form });
  }
  return found;
}
