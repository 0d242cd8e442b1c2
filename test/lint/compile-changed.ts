import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ChangedSource extends AsyncDisposable {
  /** The folder of the changed copy of `src`. */
  readonly folder: string;
  /** The lines that `tsc` writes about errors. */
  readonly errors: readonly string[];
}

/** Compiles a copy of `src` that `change` has changed; `src` is then below `folder`. */
export async function compileChanged(change: (folder: string) => Promise<void>): Promise<ChangedSource> {
  const folder = await mkdtemp(resolve(".cache/changed-source-"));
  await cp("src", join(folder, "src"), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  await cp("package.json", join(folder, "package.json"));
  const { compilerOptions } = JSON.parse(await readFile("tsconfig.json", "utf8"));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  await change(folder);
  const { stdout } = await run(resolve("node_modules/.bin/tsc"), ["--pretty", "false"], {
    cwd: folder,
  }).catch((failed: { readonly stdout: string }) => failed);
  return {
    folder,
    errors: stdout.split("\n").filter((line) => line.includes("error TS")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
