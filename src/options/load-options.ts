import { readFile } from "node:fs/promises";

/** The options file cannot be read or is not a JSON object. */
export class OptionsFileError extends Error {
  override readonly name = "OptionsFileError";
}

/** Why a file cannot be read, by Node's error code. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder",
  EACCES: "may not be read by the user that the app runs as",
};

const EXAMPLE = 'it must contain an object such as {"account_sid": "AC…", "auth_token": "…"}';

/**
 * Reads the app's options as Supervisor writes them.
 *
 * @throws {OptionsFileError} with a sentence that names the file, but never its content, which has secrets
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
    // Windows' editor adds a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // Use only the position, because the rest of the error quotes the file.
    const [place = ""] = /line \d+ column \d+/.exec(String(error)) ?? [];
    const quotes = /[“”„‘’]/.test(text)
      ? ' Typographic quotation marks are not valid in JSON: enter " instead.'
      : "";
    throw new OptionsFileError(
      `the options file ${file} is not valid JSON${place && ` at ${place}`}; ${EXAMPLE}.${quotes}`,
    );
  }
}
