import { readFile } from "node:fs/promises";

/** The app cannot read the options file, or the file is no JSON object. */
export class OptionsFileError extends Error {
  override readonly name = "OptionsFileError";
}

/** Why the app cannot read a file, by Node's error code. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder",
  EACCES: "may not be read by the user that the app runs as",
};

const EXAMPLE = 'it must contain an object such as {"account_sid": "AC…", "auth_token": "…"}';

/**
 * Reads the file into which Supervisor writes the app's options.
 *
 * @throws {OptionsFileError} with a sentence that names the file. It never quotes the file, which contains secrets
 */
export async function loadOptions(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const why = UNREADABLE[error.code ?? ""] ?? `cannot be read (${error.code ?? error.name})`;
    throw new OptionsFileError(`the options file ${file} ${why}; ${EXAMPLE}.`, { cause: error });
  });
  if (text.trim() === "") throw new OptionsFileError(`the options file ${file} is empty; ${EXAMPLE}.`);
  const parsed = parse(text, file);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new OptionsFileError(`the options file ${file} contains no object; ${EXAMPLE}.`);
  return parsed as Record<string, unknown>;
}

function parse(text: string, file: string): unknown {
  try {
    // An editor of Windows may put a byte order mark at the beginning.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // Take only the position from the error. The rest quotes the file, which contains secrets.
    const [place = ""] = /line \d+ column \d+/.exec(String(error)) ?? [];
    const quotes = /[“”„‘’]/.test(text)
      ? ' Typographic quotation marks are not valid in JSON: enter " instead.'
      : "";
    throw new OptionsFileError(
      `the options file ${file} is not valid JSON${place && ` at ${place}`}; ${EXAMPLE}.${quotes}`,
    );
  }
}
