import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Metafile } from "esbuild";

import { packageFolder, readInstalledPackage } from "./locked-packages.ts";
import type { InstalledPackage, LockFile } from "./locked-packages.ts";

const RULE = "=".repeat(80);
const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].+)?$/i;
const README = /^readme(\.md|\.markdown|\.txt)?$/i;
/** Matches from a heading such as `License` or `## License` to the next heading or the end. */
const LICENSE_SECTION = /^(?:#+ *licen[cs]e|licen[cs]e\n-+) *\n([^]*?)(?=\n#|$(?![^]))/im;
/** A shorter section only names a licence, without its text. */
const SHORTEST_TEXT = 300;

/** The packages with code in a bundle, sorted by name and version. Tree shaking may remove other packages. */
export function bundledPackages(root: string, lock: LockFile, { outputs }: Metafile): InstalledPackage[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.map(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? packageFolder(path) : null));
  return [...new Set(folders)]
    .filter((folder) => folder !== null)
    .map((folder) => readInstalledPackage(root, lock, folder))
    .toSorted((one, other) => compare(one.name, other.name) || compare(one.version, other.version));
}

/**
 * The text of THIRD-PARTY-NOTICES.txt: each package with its licence.
 *
 * @throws {Error} which names a package without the text of its licence
 */
export function thirdPartyNotices(root: string, packages: readonly InstalledPackage[]): string {
  const intro = `The app's bundle contains these ${packages.length} packages. Each is listed with its licence.`;
  const entries = packages.map(({ folder, name, version, license }) => {
    const text = licenseText(join(root, folder));
    if (text === null) throw new Error(`${name} ${version} has no licence text.`);
    return `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${text}\n`;
  });
  return [`${intro}\n`, ...entries].join("\n");
}

/** All licence files of a package, or else the licence section of its README. Null if there is neither. */
function licenseText(folder: string): string | null {
  const files = readdirSync(folder).toSorted(compare);
  const read = (file: string): string =>
    readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
  const texts = files.filter((file) => LICENSE_FILE.test(file)).map(read);
  if (texts.length > 0) return texts.join(`\n\n${"-".repeat(80)}\n\n`);
  const readme = files.find((file) => README.test(file));
  const section = readme === undefined ? undefined : LICENSE_SECTION.exec(`${read(readme)}\n`)?.[1]?.trim();
  return section !== undefined && section.length >= SHORTEST_TEXT ? section : null;
}

/** Compares texts independently of the machine's language. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
