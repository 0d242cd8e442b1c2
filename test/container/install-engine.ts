import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { installDebianPackages } from "../real-core/install/install-debian-packages.ts";
import type { Progress } from "../real-core/install/run-command.ts";
import { withInstallLock } from "../real-core/install/with-install-lock.ts";

/** The two programs of a Docker engine. */
export interface EnginePrograms {
  readonly daemon: string;
  /** Debian's own client. Newer clients need the buildx plugin, which Debian bookworm does not have. */
  readonly client: string;
}

/** This machine has no container engine, and none can be installed. The message gives the reason in a sentence. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
}

const PROGRAMS: EnginePrograms = { daemon: "/usr/sbin/dockerd", client: "/usr/bin/docker" };

/** Finds Debian's Docker engine, else installs it. @throws {EngineUnavailableError} */
export async function installEngine({
  lockDir,
  progress,
}: {
  readonly lockDir: string;
  readonly progress: Progress;
}): Promise<EnginePrograms> {
  if (process.getuid?.() !== 0) throw new EngineUnavailableError("Starting a container engine needs root.");
  if (isInstalled()) return PROGRAMS;
  if (!(await isDebian()))
    throw new EngineUnavailableError("There is no Docker engine, and this is not a Debian system.");
  const waiting = (): void => progress("Waiting for another process to install the container engine");
  return await withInstallLock(lockDir, waiting, async () => {
    if (!isInstalled()) await install(progress);
    return PROGRAMS;
  });
}

function isInstalled(): boolean {
  return existsSync(PROGRAMS.daemon) && existsSync(PROGRAMS.client);
}

async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID=debian$/m.test(release) && existsSync("/usr/bin/apt-get");
}

async function install(progress: Progress): Promise<void> {
  try {
    await installDebianPackages(["docker.io"], { label: "Installing the container engine", progress });
  } catch (error) {
    throw new EngineUnavailableError(`Debian's docker.io could not be installed: ${String(error)}`, {
      cause: error,
    });
  }
  if (!isInstalled()) throw new EngineUnavailableError("Debian's package docker.io has brought no engine.");
}
