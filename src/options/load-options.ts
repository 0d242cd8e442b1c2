import { readFile } from "node:fs/promises";

export class OptionsFileError extends Error {
  override readonly name = "OptionsFileError";
}

/** What keeps a file from being read, by Node's word for it. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder",
  EACCES: "may not be read by the user whom the app runs as",
};

const EXAMPLE = 'it must hold an object such as {"account_sid": "AC…", "auth_token": "…"}';

/**
 * The app's options as Supervisor writes them.
 *
 * @throws {OptionsFileError} with a sentence that names the file; never its content, which holds secrets
 */
export async function loadOptions(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const why = UNREADABLE[error.code ?? ""] ?? `cannot be read (${error.code ?? error.name})`;
    throw new OptionsFileError(`the options file ${file} ${why}; ${EXAMPLE}.`, { cause: error });
  });
  if (text.trim() === "") throw new OptionsFileError(`the options file ${file} is empty; ${EXAMPLE}.`);
  const parsed = parse(text, file);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new OptionsFileError(`the options file ${file} holds no object; ${EXAMPLE}.`);
  return parsed as Record<string, unknown>;
}

function parse(text: string, file: string): unknown {
  try {
    // Windows' editor writes a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // The rest of the error quotes the file.
    const [place = ""] = /line \d+ column \d+/.exec(String(error)) ?? [];
    const quotes = /[“”„‘’]/.test(text)
      ? " Typographic quotation marks are none of JSON's: enter \" instead."
      : "";
    throw new OptionsFileError(
      `the options file ${file} is not valid JSON${place && ` at ${place}`}; ${EXAMPLE}.${quotes}`,
    );
  }
}
