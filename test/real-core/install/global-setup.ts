import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { TestProject } from "vitest/node";

import { type CoreInstallation, CoreUnavailableError } from "./core-installation.ts";
import { installCore } from "./install-core.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The installation of Core, or the reason why there is none. */
    realCore: CoreInstallation | { readonly missing: string };
  }
}

/** Installs Core before a run in which any test file needs it. Other runs take no time for it. */
export async function setup(project: TestProject): Promise<void> {
  const prepare = async (files: readonly string[]) => {
    if (!(await anyNeedsCore(files))) return;
    project.provide("realCore", await getCore(join(project.config.root, ".cache")));
  };
  project.onTestsRerun((specifications) => prepare(specifications.map(({ moduleId }) => moduleId)));
  await prepare(project.vitest.state.getPaths());
}

/** A test file needs Core if it imports `describe-with-core.ts`. */
async function anyNeedsCore(files: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.some((text) => text.includes("describe-with-core.ts"));
}

async function getCore(cacheDir: string): Promise<CoreInstallation | { missing: string }> {
  try {
    return await installCore({ cacheDir, progress: say });
  } catch (error) {
    // In CI a skipped suite would look like a passed one.
    if (!(error instanceof CoreUnavailableError) || process.env["CI"] !== undefined) throw error;
    say(`\n  THE TESTS WITH A REAL HOME ASSISTANT ARE SKIPPED. ${error.message}\n`);
    return { missing: error.message };
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
