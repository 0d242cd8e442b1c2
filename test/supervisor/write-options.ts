import { chmod, rename, writeFile } from "node:fs/promises";

import { APP_CONFIG } from "../packaging/app-config.ts";
import { validateOptions } from "./validate-options.ts";

/**
 * Writes `file` as Supervisor does at each start of the app. The user's options override the defaults of config.yaml:
 * mappings are merged, lists are replaced. The result is checked, and readable by root alone. Returns Supervisor's
 * warnings.
 *
 * Source: `write_options` of supervisor/apps/app.py, `write_json_file` of supervisor/utils/json.py.
 *
 * @throws {OptionsInvalidError} the app is then not started
 */
export async function writeOptions(
  file: string,
  saved: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const { options: defaults, schema } = APP_CONFIG;
  const { options, warnings } = validateOptions(schema, merged(defaults, saved));
  await writeFile(`${file}.new`, JSON.stringify(options, null, 2));
  await rename(`${file}.new`, file);
  await chmod(file, 0o600);
  return warnings;
}

function merged(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const below = result[name];
    result[name] = isMapping(below) && isMapping(value) ? merged(below, value) : value;
  }
  return result;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
