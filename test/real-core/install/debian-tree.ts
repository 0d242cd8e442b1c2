import { existsSync } from "node:fs";

import { copyNetworkSettings, coreEnvironment } from "./core-environment.ts";
import { CoreUnavailableError } from "./core-installation.ts";
import { installDebianPackages } from "./install-debian-packages.ts";
import { CommandError, type Progress, runCommand } from "./run-command.ts";

const PACKAGES = "python3.14,python3.14-venv,ca-certificates";
const SCRIPT = "/usr/share/debootstrap/scripts/sid";

/** Installs a small Debian with a Python that is new enough for Core into `directory`. Needs root on Debian. */
export async function createDebianTree(directory: string, progress: Progress): Promise<void> {
  if (process.getuid?.() !== 0) throw new CoreUnavailableError("a Debian tree needs root");
  if (!existsSync("/usr/bin/apt-get")) throw new CoreUnavailableError("this is no Debian system");
  if (!existsSync(SCRIPT))
    await installDebianPackages(["debootstrap"], { label: "Installing debootstrap", progress });
  const args = ["--variant=minbase", `--include=${PACKAGES}`, "forky", directory, "", SCRIPT];
  const options = { label: "Unpacking a small Debian with Python 3.14", progress };
  // debootstrap mounts /proc. With its own mount namespace, nothing stays mounted if it is killed.
  if (await canUnshareMounts()) await runCommand("unshare", ["--mount", "debootstrap", ...args], options);
  else await runCommand("debootstrap", args, options);
  await copyNetworkSettings(directory);
}

/** Creates a venv at `path` of the tree. */
export async function createVenvInTree(root: string, path: string, progress: Progress): Promise<void> {
  await runCommand("chroot", [root, "python3.14", "-m", "venv", path], {
    label: "Creating a Python environment",
    progress,
    env: coreEnvironment(root),
  });
}

/** Whether this process may create a mount namespace, which unprivileged containers may not. */
async function canUnshareMounts(): Promise<boolean> {
  try {
    await runCommand("unshare", ["--mount", "true"], { label: "unshare", progress: () => {} });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}
