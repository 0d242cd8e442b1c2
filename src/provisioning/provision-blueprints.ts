import type { Logger } from "../domain/log/logger.ts";
import { translationTo } from "./form-language.ts";
import type { FormLanguages } from "./form-language.ts";
import { writeBlueprint } from "./own-blueprint.ts";
import type { WantedBlueprint } from "./own-blueprint.ts";
import type { BlueprintStore, OwnBlueprints, SaveBlueprintResult } from "./ports.ts";
import { retranslateBlueprints } from "./retranslate-blueprints.ts";
import { translateForm } from "./translate-form.ts";

/** The folder in Home Assistant in which the app's blueprints lie. */
const FOLDER = "twilio";

export interface ProvisionBlueprintsOptions {
  readonly own: OwnBlueprints;
  readonly store: BlueprintStore;
  readonly logger: Logger;
}

/**
 * Installs those of the app's blueprints that Home Assistant lacks. If Home Assistant's language has changed,
 * translates the installed blueprints, unless the user has edited them or automations use them. Rejects if Home
 * Assistant does not answer; the app then tries again after the next connection.
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
  // A blueprint has another name in each language. So if the name differs, the installed blueprint is in another
  // language.
  const others = wanted.filter(({ path, form }) => {
    const name = present.get(path)?.["name"];
    return name !== undefined && name !== form["name"];
  });
  if (others.length === 0) return;
  report("Translated blueprints in Home Assistant", await retranslateBlueprints(others, store, signal));

  /** Logs which blueprints were saved, and which Home Assistant refused and why. */
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
      logger.warning(
        `Home Assistant refused the app's blueprints ${paths.join(", ")}. The app tries again when it connects next time. The reason was: ${reason}`,
      );
  }
}
