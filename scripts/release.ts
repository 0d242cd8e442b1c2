import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

import { releaseFaults } from "./release-faults.ts";
import { BASE_IMAGE, releasedDockerfile } from "./released-dockerfile.ts";
import { writeReleaseTree } from "./write-release-tree.ts";

/**
 * The commands of the release workflow:
 *
 * - `check v1.2.3` fails if this tag may not be published, and prints the outputs of its step.
 * - `tree FOLDER IMAGE` writes the content of the branch `release` into a folder.
 * - `dockerfile FILE` writes the Dockerfile of the published image, and prints its base image as outputs.
 */
const [command, ...args] = process.argv.slice(2);
const root = join(import.meta.dirname, "..");

if (command === "check") await check(args[0] ?? "");
else if (command === "tree") await tree(args[0], args[1]);
else if (command === "dockerfile") await dockerfile(args[0]);
else throw new Error("The first argument must be check, tree or dockerfile.");

async function check(tag: string): Promise<void> {
  const read = (name: string) => readFile(join(root, name), "utf8");
  const config = parse(await read("config.yaml")) as { version: string; arch: string[] };
  const { version } = JSON.parse(await read("package.json")) as { version: string };
  const changelog = await read("CHANGELOG.md");
  const faults = releaseFaults({ tag, configVersion: config.version, packageVersion: version, changelog });
  if (faults.length > 0) {
    process.stderr.write(`${faults.join("\n")}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(`version=${version}\narchitectures=${JSON.stringify(config.arch)}\n`);
}

async function tree(to: string | undefined, image: string | undefined): Promise<void> {
  if (to === undefined || image === undefined)
    throw new Error("The arguments must be a folder and the image's name.");
  await writeReleaseTree({ from: root, to, image });
}

async function dockerfile(to: string | undefined): Promise<void> {
  if (to === undefined) throw new Error("The argument must be a file.");
  await writeFile(to, releasedDockerfile(await readFile(join(root, "Dockerfile"), "utf8")));
  process.stdout.write(`base=${BASE_IMAGE.name}\ndigest=${BASE_IMAGE.digest}\n`);
}
