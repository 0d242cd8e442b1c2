import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { TestProject } from "vitest/node";

import { EngineUnavailableError, installEngine } from "./install-engine.ts";
import type { EnginePrograms } from "./install-engine.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the container engine is, or why there is none. */
    containerEngine: EnginePrograms | { readonly missing: string };
  }
}

/** Gets the container engine once before a run in which any file needs it. */
export async function setup(project: TestProject): Promise<void> {
  const prepare = async (files: readonly string[]): Promise<void> => {
    if (await anyNeedsEngine(files))
      project.provide("containerEngine", await getEngine(join(project.config.root, ".cache/container")));
  };
  project.onTestsRerun((specifications) => prepare(specifications.map(({ moduleId }) => moduleId)));
  await prepare(project.vitest.state.getPaths());
}

/** A test file needs the engine if it imports `describe-in-container.ts`. */
async function anyNeedsEngine(files: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.some((text) => text.includes("describe-in-container.ts"));
}

async function getEngine(lockDir: string): Promise<EnginePrograms | { missing: string }> {
  try {
    return await installEngine({ lockDir, progress: say });
  } catch (error) {
    if (!(error instanceof EngineUnavailableError)) throw error;
    // In CI a skipped suite would look like a passed one, unless another job runs the container.
    if (process.env["CI"] !== undefined && process.env["CONTAINER_ELSEWHERE"] === undefined) throw error;
    say(`\n  THE TESTS IN A REAL CONTAINER ARE SKIPPED. ${error.message}\n`);
    return { missing: error.message };
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
