import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { TestProject } from "vitest/node";

import { ChromiumUnavailableError, installChromium } from "./find-chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of Chromium, or the reason why there is none. */
    chromium: { readonly path: string } | { readonly missing: string };
  }
}

/** Gets Chromium once before a run in which any file needs it. */
export async function setup(project: TestProject): Promise<void> {
  const prepare = async (files: readonly string[]): Promise<void> => {
    if (await anyNeedsChromium(files))
      project.provide("chromium", await getChromium(join(project.config.root, ".cache/chromium")));
  };
  project.onTestsRerun((specifications) => prepare(specifications.map(({ moduleId }) => moduleId)));
  await prepare(project.vitest.state.getPaths());
}

/** A test file needs Chromium if it imports `describe-in-chromium.ts`. */
async function anyNeedsChromium(files: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.some((text) => text.includes("describe-in-chromium.ts"));
}

async function getChromium(lockDir: string): Promise<{ path: string } | { missing: string }> {
  try {
    return { path: await installChromium({ lockDir, progress: say }) };
  } catch (error) {
    // In CI, a skipped suite would look like a passed one.
    if (!(error instanceof ChromiumUnavailableError) || process.env["CI"] !== undefined) throw error;
    say(`\n  THE TESTS IN A REAL BROWSER ARE SKIPPED. ${error.message}\n`);
    return { missing: error.message };
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
