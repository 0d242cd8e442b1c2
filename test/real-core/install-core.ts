import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { coreEnvironment } from "./core-environment.ts";
import {
  CORE_VERSION,
  type CoreInstallation,
  CoreUnavailableError,
  installationSchema,
} from "./core-installation.ts";
import { createDebianTree, createVenvInTree } from "./debian-tree.ts";
import { findHass, findPython, findUv } from "./find-programs.ts";
import { primeCore } from "./prime-core.ts";
import { CommandError, type Progress, runCommand } from "./run-command.ts";
import { withInstallLock } from "./with-install-lock.ts";

export { CoreUnavailableError } from "./core-installation.ts";

export interface InstallOptions {
  readonly cacheDir: string;
  readonly progress: Progress;
}

/** Finds or installs Home Assistant Core; at once from the second time on. Throws `CoreUnavailableError`. */
export async function installCore({ cacheDir, progress }: InstallOptions): Promise<CoreInstallation> {
  const directory = resolve(cacheDir, "real-core");
  const marker = join(directory, `core-${CORE_VERSION}.json`);
  const kept = await readMarker(marker);
  if (kept !== null) return kept;
  return withInstallLock(directory, progress, async () => {
    const madeMeanwhile = await readMarker(marker);
    if (madeMeanwhile !== null) return madeMeanwhile;
    await removeUnfinished(directory);
    const hass = await findHass(CORE_VERSION);
    if (hass !== null) return hass;
    // A name never used before: whatever a killed installation still writes, it does not write here.
    const target = join(directory, `core-${CORE_VERSION}-${randomUUID().slice(0, 8)}`);
    const installation = await installInto(target, progress);
    await writeMarker(marker, installation);
    return installation;
  });
}

/** Tries each way in turn; what fails is remembered for the sentence that says why there is no Core. */
async function installInto(target: string, progress: Progress): Promise<CoreInstallation> {
  const python = await findPython();
  const uv = await findUv();
  const ways: [string, () => Promise<CoreInstallation>][] = [];
  if (python !== null) ways.push([python, () => installWithVenv(target, [python, "-m", "venv"], progress)]);
  if (uv !== null)
    ways.push(["uv", () => installWithVenv(target, [uv, "venv", "--seed", "--python", "3.14"], progress)]);
  ways.push(["a Debian tree", () => installInTree(target, progress)]);
  const reasons = python === null && uv === null ? ["Python 3.14.2 or later and uv are missing"] : [];
  for (const [name, install] of ways) {
    try {
      return await install();
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof CoreUnavailableError)) throw error;
      reasons.push(`${name}: ${error.message}`);
      await rm(target, { recursive: true, force: true });
    }
  }
  throw new CoreUnavailableError(
    `Home Assistant Core ${CORE_VERSION} cannot be had here: ${reasons.join("; ")}.`,
  );
}

async function installWithVenv(
  target: string,
  createVenv: readonly [program: string, ...args: string[]],
  progress: Progress,
): Promise<CoreInstallation> {
  const [program, ...args] = createVenv;
  await runCommand(program, [...args, target], { label: "Creating a Python environment", progress });
  return installPackages(null, target, progress);
}

async function installInTree(target: string, progress: Progress): Promise<CoreInstallation> {
  await mkdir(target, { recursive: true });
  await createDebianTree(target, progress);
  await createVenvInTree(target, "/core", progress);
  return installPackages(target, "/core", progress);
}

async function installPackages(
  root: string | null,
  venv: string,
  progress: Progress,
): Promise<CoreInstallation> {
  const python = `${venv}/bin/python`;
  const install = ["-m", "pip", "install", "--quiet", `homeassistant==${CORE_VERSION}`];
  const label = `Installing Home Assistant Core ${CORE_VERSION}`;
  const options = { label, progress, env: coreEnvironment(root) };
  if (root === null) await runCommand(python, install, options);
  else await runCommand("chroot", [root, python, ...install], options);
  const installation = { version: CORE_VERSION, hass: `${venv}/bin/hass`, root, complete: true };
  await primeCore(installation, progress);
  return installation;
}

async function readMarker(marker: string): Promise<CoreInstallation | null> {
  if (!existsSync(marker)) return null;
  const installation = installationSchema.parse(JSON.parse(await readFile(marker, "utf8")));
  return existsSync(join(installation.root ?? "/", installation.hass)) ? installation : null;
}

async function writeMarker(marker: string, installation: CoreInstallation): Promise<void> {
  await writeFile(`${marker}.new`, JSON.stringify(installation));
  await rename(`${marker}.new`, marker);
}

/** Removes the directories that no marker points to: they were left by an installation that was interrupted. */
async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory);
  const markers = await Promise.all(
    names.filter((name) => name.endsWith(".json")).map((name) => readFile(join(directory, name), "utf8")),
  );
  for (const name of names.filter((each) => /^core-[^/]+-[0-9a-f]{8}$/.test(each))) {
    if (markers.some((marker) => marker.includes(name))) continue;
    await rm(join(directory, name), { recursive: true, force: true });
  }
}
