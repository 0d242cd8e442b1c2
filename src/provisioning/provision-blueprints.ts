import type { Logger } from "../domain/log/logger.ts";
import { translationTo } from "./form-language.ts";
import type { FormLanguages } from "./form-language.ts";
import { writeBlueprint } from "./own-blueprint.ts";
import type { WantedBlueprint } from "./own-blueprint.ts";
import type { BlueprintStore, OwnBlueprints, SaveBlueprintResult } from "./ports.ts";
import { retranslateBlueprints } from "./retranslate-blueprints.ts";
import { translateForm } from "./translate-form.ts";

/** The folder of the app's blueprints. */
const FOLDER = "twilio";

export interface ProvisionBlueprintsOptions {
  readonly own: OwnBlueprints;
  readonly store: BlueprintStore;
  readonly logger: Logger;
}

/**
 * Adds the app's blueprints that Home Assistant does not have. If the language has changed, the others get the new one,
 * except those that the user has edited or that automations use. Throws while Home Assistant cannot be reached; the next
 * connection tries again.
 */
export async function provisionBlueprints(
  { own, store, logger }: ProvisionBlueprintsOptions,
  languages: FormLanguages,
  signal: AbortSignal,
): Promise<void> {
  const present = await store.list(signal);
  const [shown, spoken] = [await translationTo(languages.forms), await translationTo(languages.speech)];
  const wanted = (await own.list()).map((one): WantedBlueprint => {
    return { path: `${FOLDER}/${one.name}`, own: one, form: translateForm(one.form, shown, spoken) };
  });
  const added = new Map<string, SaveBlueprintResult>();
  for (const one of wanted) {
    if (present.has(one.path)) continue;
    added.set(one.path, await store.add(one.path, writeBlueprint(one.own, one.form), signal));
  }
  report("Installed blueprints in Home Assistant", added);
  // Each language has other names, so the name is enough to find a blueprint in another language.
  const others = wanted.filter(({ path, form }) => {
    const name = present.get(path)?.["name"];
    return name !== undefined && name !== form["name"];
  });
  if (others.length === 0) return;
  report("Translated blueprints in Home Assistant", await retranslateBlueprints(others, store, signal));

  /** Logs the paths of saved blueprints, and the paths of refused ones by reason. */
  function report(what: string, results: ReadonlyMap<string, SaveBlueprintResult>): void {
    const saved: string[] = [];
    const refused = new Map<string, string[]>();
    for (const [path, result] of results) {
      if (result.kind === "saved") saved.push(path);
      else if (result.kind === "refused")
        refused.set(result.reason, [...(refused.get(result.reason) ?? []), path]);
    }
    if (saved.length > 0) logger.info(`${what}: ${saved.join(", ")}.`);
    for (const [reason, paths] of refused)
      logger.warning(`Home Assistant refused the app's blueprints ${paths.join(", ")}: ${reason}`);
  }
}
