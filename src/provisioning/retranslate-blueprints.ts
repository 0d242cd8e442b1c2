import { canonicalJson } from "../domain/payload/canonical-json.ts";
import { TRANSLATED_LANGUAGES } from "../texts/languages.ts";
import { translationTo } from "./form-language.ts";
import type { Translate } from "./form-language.ts";
import { inputMarkers, isOwnForm, markedBody, withDefaultsOf, writeBlueprint } from "./own-blueprint.ts";
import type { BlueprintForm, WantedBlueprint } from "./own-blueprint.ts";
import type { BlueprintStore, SaveBlueprintResult } from "./ports.ts";

interface InstalledBlueprint extends WantedBlueprint {
  readonly stored: BlueprintForm;
}

/**
 * Gives installed blueprints another language. A blueprint that the user has edited stays as it is. A blueprint that
 * automations use keeps its default values. They then say and send the same, and Home Assistant does not reload them.
 *
 * @returns the result by path, without the edited blueprints
 */
export async function retranslateBlueprints(
  wanted: readonly WantedBlueprint[],
  store: BlueprintStore,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SaveBlueprintResult>> {
  const languages = await Promise.all(TRANSLATED_LANGUAGES.map(translationTo));
  const results = new Map<string, SaveBlueprintResult>();
  const known = await findUnedited(wanted, store, languages, signal);
  if (known.length === 0) return results;
  // A file that the user has edited may not be read yet.
  await store.readAgain(signal);
  const unedited = await findUnedited(known, store, languages, signal);
  for (const { path, own, form, stored } of unedited) {
    const newForm = (await store.isUsed(path, signal)) ? withDefaultsOf(form, stored) : form;
    results.set(path, await store.replace(path, writeBlueprint(own, newForm), signal));
  }
  return results;
}

/** The blueprints that Home Assistant has exactly as the app installed them, in any language. */
async function findUnedited(
  wanted: readonly WantedBlueprint[],
  store: BlueprintStore,
  languages: readonly Translate[],
  signal: AbortSignal,
): Promise<readonly InstalledBlueprint[]> {
  const installed = await store.list(signal);
  const found: InstalledBlueprint[] = [];
  for (const { path, own, form } of wanted) {
    const stored = installed.get(path);
    if (stored === undefined || !isOwnForm(stored, own, languages)) continue;
    const body = await store.substitute(path, inputMarkers(own), signal);
    if (canonicalJson(body) === canonicalJson(markedBody(own))) found.push({ path, own, form, stored });
  }
  return found;
}
