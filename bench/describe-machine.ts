import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";

import type { CoreInstallation } from "../test/real-core/install/core-installation.ts";

/**
 * The type of the file system of a directory.
 *
 * @throws {Error} for tmpfs, where a commit takes no time
 */
export function fileSystemOf(directory: string): string {
  const type = execFileSync("df", ["--output=fstype", directory], { encoding: "utf8" }).trim().split("\n")[1];
  if (type === undefined || type === "tmpfs" || type === "ramfs") {
    throw new Error(`${directory} is on ${type}: a journal there says nothing about disks`);
  }
  return type;
}

/** The machine of the measurement, in one sentence. */
export function describeMachine(installation: CoreInstallation, fileSystem: string): string {
  const node = `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} CPUs`;
  const core = `Home Assistant Core ${installation.version}, twilio ${pythonTwilioVersion(installation)} for Python`;
  return `${node}; ${core}; the journal on ${fileSystem}.`;
}

function pythonTwilioVersion({ hass, root }: CoreInstallation): string {
  const python = [`${dirname(hass)}/python`, "-c", "import twilio; print(twilio.__version__)"];
  const [program = "", ...args] = root === null ? python : ["chroot", root, ...python];
  return execFileSync(program, args, { encoding: "utf8" }).trim();
}
