import { readFile } from "node:fs/promises";

export class OptionsFileError extends Error {
  override readonly name = "OptionsFileError";
}

/**
 * The app's options as Supervisor writes them.
 *
 * @throws {OptionsFileError} with a sentence that names the file; never its content, which holds secrets
 */
export async function loadOptions(file: string): Promise<Readonly<Record<string, unknown>>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new OptionsFileError(`the options file ${file} is not valid JSON.`);
    throw new OptionsFileError(`the options file ${file} cannot be read.`, { cause: error });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new OptionsFileError(
      `the options file ${file} must hold an object such as {"account_sid": "AC…"}.`,
    );
  }
  return parsed as Record<string, unknown>;
}
