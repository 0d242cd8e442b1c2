import { canonicalJson } from "../domain/payload/canonical-json.ts";
import { TRANSLATED_LANGUAGES } from "../texts/languages.ts";
import { translationTo } from "./form-language.ts";
import type { Translate } from "./form-language.ts";
import { inputMarkers, isOwnForm, markedBody, writeBlueprint } from "./own-blueprint.ts";
import type { WantedBlueprint } from "./own-blueprint.ts";
import type { BlueprintStore, SaveBlueprintResult } from "./ports.ts";

/**
 * Gives installed blueprints another language. A blueprint that the user has edited stays as it is. So does a blueprint
 * that automations use. To replace a blueprint, Core empties its file, writes it, and reloads all automations. If the
 * power fails meanwhile, or if another reload reads the file, these automations would be lost.
 *
 * @returns the result by path, without the blueprints that stay
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
  // A file that the user has edited may not be read yet.
  await store.readAgain(signal);
  for (const { path, own, form } of await findReplaceable(known, store, languages, signal)) {
    results.set(path, await store.replace(path, writeBlueprint(own, form), signal));
  }
  return results;
}

/** The blueprints that no automation uses, and that Home Assistant has exactly as the app installed them in any language. */
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
    // Asked first, because a blueprint in use is found here again at each start.
    if (await store.isUsed(path, signal)) continue;
    const body = await store.substitute(path, inputMarkers(own), signal);
    if (canonicalJson(body) === canonicalJson(markedBody(own))) found.push({ path, own, form });
  }
  return found;
}
