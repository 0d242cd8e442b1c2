import { tmpdir } from "node:os";
import { join } from "node:path";

import { lockBetweenProcesses } from "./lock-between-processes.ts";
import { CommandError, type Progress, runCommand } from "./run-command.ts";

/** Without RUNLEVEL, a package such as docker.io would start its own daemon. */
const ENVIRONMENT = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
/** dpkg need not write each file to the disk at once, because an interrupted installation is repeated. */
const OPTIONS = ["--yes", "--no-install-recommends", "--option", "Dpkg::Options::=--force-unsafe-io"];

/**
 * Installs Debian's packages of these names with apt. Only one apt can run on a machine, so installations take turns.
 * Needs root on Debian.
 *
 * @throws {CommandError} if apt fails
 */
export async function installDebianPackages(
  names: readonly string[],
  { label, progress }: { readonly label: string; readonly progress: Progress },
): Promise<void> {
  const waiting = `${label}: waiting for another installation`;
  const lock = await lockBetweenProcesses(join(tmpdir(), "twilio-apt"), waiting, progress);
  const aptGet = (what: string, ...args: readonly string[]): Promise<string> =>
    runCommand("apt-get", args, { label: what, progress, env: { ...process.env, ...ENVIRONMENT } });
  const install = (): Promise<string> => aptGet(label, "install", ...OPTIONS, ...names);
  try {
    // A bare Debian has no package lists. Others may have old ones, whose packages no longer exist.
    await install().catch(async (error: unknown) => {
      if (!(error instanceof CommandError)) throw error;
      await aptGet("Refreshing the package lists", "update");
      await install();
    });
  } finally {
    lock[Symbol.dispose]();
  }
}
