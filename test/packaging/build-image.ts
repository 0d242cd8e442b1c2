import { execFile } from "node:child_process";
import { cp, mkdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { buildContext } from "./build-context.ts";
import { readDockerfile } from "./read-dockerfile.ts";
import type { CopyStep, Stage } from "./read-dockerfile.ts";
import { ROOT } from "./root-file.ts";

export interface BuiltStage extends Stage {
  /** The folder of the stage's file system, without the files of the base image. */
  readonly root: string;
}

/** Variables of this test run that a build must not get. With them, npm would work in this repository. */
const NOT_FOR_BUILDS =
  /^(npm_(?!config_)|npm_config_(local|global)_prefix$|NODE_(ENV|OPTIONS|PATH)$|VITEST|INIT_CWD$)/i;

/**
 * Runs the steps of the Dockerfile, stage by stage, in folders below `directory`. The Node of the tests replaces that
 * of the base image.
 */
export async function buildImage(directory: string): Promise<BuiltStage[]> {
  const context = join(directory, "context");
  for (const file of buildContext()) await cp(join(ROOT, file), join(context, file));
  const built: BuiltStage[] = [];
  for (const [index, stage] of readDockerfile().entries()) {
    const root = join(directory, `stage-${index}`);
    const cwd = join(root, stage.workdir);
    await mkdir(cwd, { recursive: true });
    for (const step of stage.steps) {
      if (typeof step === "string") await run(step, cwd);
      else await copy(step, built.find(({ name }) => name === step.from)?.root ?? context, cwd);
    }
    built.push({ ...stage, root });
  }
  return built;
}

/**
 * Copies like COPY: the content of a folder, or a file. A file goes into the target folder if the target ends with a
 * slash.
 */
async function copy({ sources, target }: CopyStep, from: string, cwd: string): Promise<void> {
  const to = resolve(cwd, target);
  for (const source of sources) {
    const path = join(from, source);
    const isFolder = (await stat(path)).isDirectory();
    await cp(path, isFolder || !target.endsWith("/") ? to : join(to, basename(source)), { recursive: true });
  }
}

async function run(command: string, cwd: string): Promise<void> {
  const variables = Object.entries(process.env).filter(([name]) => !NOT_FOR_BUILDS.test(name));
  const env = {
    ...Object.fromEntries(variables),
    PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`,
    npm_config_prefer_offline: "true",
  };
  await promisify(execFile)("sh", ["-c", command], { cwd, env });
}
