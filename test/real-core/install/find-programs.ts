import type { CoreInstallation } from "./core-installation.ts";
import { CommandError, runCommand } from "./run-command.ts";

const LEAST_PYTHON = "3.14.2";

/** Finds a `hass` on PATH of at least the wanted release. It installs missing requirements itself. */
export async function findHass(wanted: string): Promise<CoreInstallation | null> {
  const version = await askVersion("hass", ["--version"]);
  if (version === null || !isAtLeast(version, wanted)) return null;
  return { version, hass: "hass", root: null, complete: false };
}

/** Finds a Python on PATH on which Core runs. */
export async function findPython(): Promise<string | null> {
  for (const name of ["python3.14", "python3", "python3.15"]) {
    const version = await askVersion(name, ["--version"]);
    if (version !== null && isAtLeast(version, LEAST_PYTHON)) return name;
  }
  return null;
}

/** Finds `uv`, which fetches its own Python. */
export async function findUv(): Promise<string | null> {
  return (await askVersion("uv", ["--version"])) === null ? null : "uv";
}

async function askVersion(program: string, question: string[]): Promise<string | null> {
  try {
    const answer = await runCommand(program, question, { label: program, progress: () => {} });
    return /\d+(?:\.\d+)+/.exec(answer)?.[0] ?? null;
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, "en", { numeric: true }) >= 0;
}
