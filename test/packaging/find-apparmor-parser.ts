import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { unpackDebianPackage } from "../container/unpack-debian-package.ts";
import { ROOT } from "./root-file.ts";

const run = promisify(execFile);
const CACHE = join(ROOT, ".cache/apparmor");
/** The possible places of the parser. In older releases of Debian, it is in `/sbin`. */
const PLACES = ["usr/sbin/apparmor_parser", "sbin/apparmor_parser"];

export interface AppArmorParser {
  readonly program: string;
  /** The folder from which profiles include other files. */
  readonly base: string;
}
export type FoundParser = AppArmorParser | { readonly missing: string };

/** Finds the parser, or unpacks Debian's packages into `.cache/` without installing them. */
export async function findAppArmorParser(): Promise<FoundParser> {
  const found = parserBeneath("/") ?? parserBeneath(CACHE);
  if (found !== null) return found;
  try {
    await fetchParser();
    return parserBeneath(CACHE) ?? { missing: "there is no apparmor_parser in Debian's package apparmor" };
  } catch (error) {
    return {
      missing: `there is no apparmor_parser, and apt cannot fetch it (${String(error).split("\n")[0]})`,
    };
  }
}

/**
 * Compiles a profile without loading it into a kernel.
 *
 * @throws {Error} with the parser's complaint if the profile is not valid
 */
export async function compileProfile({ program, base }: AppArmorParser, file: string): Promise<void> {
  await run(program, ["--skip-kernel-load", "--skip-cache", "--base", base, file]);
}

function parserBeneath(root: string): AppArmorParser | null {
  const program = PLACES.map((place) => join(root, place)).find((file) => existsSync(file));
  return program === undefined ? null : { program, base: join(root, "etc/apparmor.d") };
}

async function fetchParser(): Promise<void> {
  const unpacked = `${CACHE}-${randomUUID()}`;
  await unpackDebianPackage("apparmor", unpacked, { scratch: dirname(CACHE) });
  await rename(unpacked, CACHE);
}
