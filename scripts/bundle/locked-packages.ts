import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The part of package-lock.json that the bundle reads. */
export interface LockFile {
  /** The packages by folder, such as `node_modules/a/node_modules/@b/c`. */
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: boolean }>>;
}

/** One package in node_modules. */
export interface InstalledPackage {
  /** The path in the repository, such as `node_modules/a/node_modules/@b/c`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** The licence in package.json, such as `MIT`. */
  readonly license: string;
}

/** The folder of the package to which a path belongs, or null for the app's own files. */
export function packageFolder(path: string): string | null {
  const [, folder] = /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return folder ?? null;
}

/** Whether `npm ci --omit=dev` installs this folder. */
export function isRuntimePackage(lock: LockFile, folder: string): boolean {
  const entry = lock.packages[folder];
  return entry !== undefined && entry.dev !== true;
}

/**
 * Reads a package's own package.json.
 *
 * @throws {Error} if another version is installed than package-lock.json names
 */
export function readInstalledPackage(root: string, lock: LockFile, folder: string): InstalledPackage {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const locked = lock.packages[folder]?.version;
  if (manifest.version !== locked) {
    throw new Error(
      `${folder} has version ${manifest.version}, package-lock.json ${locked}: run npm install first.`,
    );
  }
  return { folder, name: manifest.name, version: manifest.version, license: manifest.license ?? "" };
}
