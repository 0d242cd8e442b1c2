import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { installDebianPackages } from "../../real-core/install/install-debian-packages.ts";
import type { Progress } from "../../real-core/install/run-command.ts";
import { withInstallLock } from "../../real-core/install/with-install-lock.ts";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium-browser",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
/** Without these fonts, some characters would be shown as boxes. */
const PACKAGES = ["chromium", "fonts-dejavu-core"];

/** Chromium is not available on this machine. The message is a sentence with the reason. */
export class ChromiumUnavailableError extends Error {
  override readonly name = "ChromiumUnavailableError";
}

/** The path of this machine's Chromium or Chrome, or of the one in the variable `CHROMIUM`. Null if there is none. */
export function findChromium(): string | null {
  const given = process.env["CHROMIUM"];
  if (given !== undefined) return existsSync(given) ? given : null;
  return PLACES.find((place) => existsSync(place)) ?? null;
}

/** Finds Chromium, or installs Debian's package if possible. It never comes from another source. */
export async function installChromium({
  lockDir,
  progress,
}: {
  readonly lockDir: string;
  readonly progress: Progress;
}): Promise<string> {
  const found = findChromium();
  if (found !== null) return found;
  if (process.env["CHROMIUM"] !== undefined)
    throw new ChromiumUnavailableError("The variable CHROMIUM names a file that does not exist.");
  if (!(await isDebian())) throw new ChromiumUnavailableError("There is no Chromium, and this is no Debian.");
  if (process.getuid?.() !== 0)
    throw new ChromiumUnavailableError("There is no Chromium, and installing Debian's needs root.");
  const waiting = (): void => progress("Waiting for another process to install Chromium");
  return await withInstallLock(lockDir, waiting, async () => findChromium() ?? (await install(progress)));
}

async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  // Other distributions have a package of this name that only leads to a store.
  return /^ID=debian$/m.test(release) && existsSync("/usr/bin/apt-get");
}

async function install(progress: Progress): Promise<string> {
  try {
    await installDebianPackages(PACKAGES, { label: "Installing Chromium", progress });
  } catch (error) {
    throw new ChromiumUnavailableError(`Debian's Chromium could not be installed: ${String(error)}`, {
      cause: error,
    });
  }
  const found = findChromium();
  if (found === null) throw new ChromiumUnavailableError("Debian's package has brought no Chromium.");
  return found;
}
