import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

import { coreEnvironment } from "./core-environment.ts";
import { CORE_VERSION, type CoreInstallation, CoreUnavailableError } from "./core-installation.ts";
import { readMarker, removeUnfinished, writeMarker } from "./core-marker.ts";
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

/**
 * Core sets up its voice assistant by itself. It pins these two packages to releases without wheels, which need a C
 * compiler. Without the packages, `get_services` fails and Home Assistant's page never finishes loading. Newer
 * releases have wheels, which Core uses with `--skip-pip`.
 */
const VOICE_PACKAGES = ["pymicro-vad", "pyspeex-noise"];

/** Finds or installs Home Assistant Core, and is fast from the second time on. Throws `CoreUnavailableError`. */
export async function installCore({ cacheDir, progress }: InstallOptions): Promise<CoreInstallation> {
  const directory = resolve(cacheDir, "real-core");
  const marker = join(directory, `core-${CORE_VERSION}.json`);
  const installed = await readMarker(marker);
  if (installed !== null) return installed;
  return withInstallLock(directory, progress, async () => {
    const madeMeanwhile = await readMarker(marker);
    if (madeMeanwhile !== null) return madeMeanwhile;
    await removeUnfinished(directory);
    const hass = await findHass(CORE_VERSION);
    if (hass !== null) return hass;
    // The name is always new, so that a killed installation that still writes cannot damage this one.
    const target = join(directory, `core-${CORE_VERSION}-${randomUUID().slice(0, 8)}`);
    const installation = await installInto(target, progress);
    await writeMarker(marker, installation);
    return installation;
  });
}

/** Tries one way after another. The errors become the sentence that says why there is no Core. */
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
  const pip = async (label: string, args: readonly string[]): Promise<void> => {
    // Python compiles a module when it is first imported. Core never imports most of them.
    const command = [`${venv}/bin/python`, "-m", "pip", "install", "--quiet", "--no-compile", ...args];
    const [program = "", ...rest] = root === null ? command : ["chroot", root, ...command];
    await runCommand(program, rest, { label, progress, env: coreEnvironment(root) });
  };
  await pip(`Installing Home Assistant Core ${CORE_VERSION}`, [`homeassistant==${CORE_VERSION}`]);
  const installation = { version: CORE_VERSION, hass: `${venv}/bin/hass`, root, complete: true };
  await primeCore(installation, progress);
  await pip("Installing what its voice assistant needs", ["--no-deps", ...VOICE_PACKAGES]);
  return installation;
}
