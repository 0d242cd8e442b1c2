import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Fetches a package with apt and unpacks it into `target` without installing it. `suite`: another release than the
 * machine's own, such as `forky`; its package lists are kept in a folder of their own.
 *
 * @throws apt's error
 */
export async function unpackDebianPackage(
  name: string,
  target: string,
  { scratch, suite = null }: { readonly scratch: string; readonly suite?: string | null },
): Promise<void> {
  await mkdir(scratch, { recursive: true });
  const directory = await mkdtemp(join(scratch, "package-"));
  try {
    const settings = suite === null ? [] : await suiteSettings(suite, directory);
    const download = () => run("apt-get", [...settings, "download", name], { cwd: directory });
    const update = () => run("apt-get", [...settings, "update"]);
    if (suite !== null) await update();
    // A bare Debian has no package lists yet, so apt must update them first.
    await download().catch(() => update().then(download));
    const archive = (await readdir(directory)).find((file) => file.endsWith(".deb")) ?? "";
    await mkdir(target, { recursive: true });
    await run("dpkg-deb", ["--extract", join(directory, archive), target]);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Makes apt read another release from the machine's own mirror. */
async function suiteSettings(suite: string, directory: string): Promise<string[]> {
  const targets = ["indextargets", "--format", "$(SITE) $(CODENAME) $(COMPONENT)", "Created-By: Packages"];
  let { stdout } = await run("apt-get", targets);
  if (stdout.trim() === "") {
    await run("apt-get", ["update"]);
    ({ stdout } = await run("apt-get", targets));
  }
  const { stdout: release } = await run("sh", ["-c", '. /etc/os-release && echo "$VERSION_CODENAME"']);
  const mine = stdout.split("\n").find((line) => line.split(" ")[1] === release.trim());
  const mirror = mine?.split(" ")[0];
  if (mirror === undefined) throw new Error("apt names no mirror of this machine's Debian");
  const list = join(directory, "sources.list");
  await writeFile(list, `deb [signed-by=${KEYRING}] ${mirror} ${suite} main\n`);
  await mkdir(join(directory, "lists/partial"), { recursive: true });
  return [
    `Dir::Etc::sourcelist=${list}`,
    "Dir::Etc::sourceparts=-",
    `Dir::State::lists=${join(directory, "lists")}`,
    `Dir::Cache=${join(directory, "cache")}`,
  ].flatMap((setting) => ["-o", setting]);
}
