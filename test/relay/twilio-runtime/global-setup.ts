import { readFile } from "node:fs/promises";

import type { TestProject } from "vitest/node";

import { installTwilioRuntime, TwilioRuntimeUnavailableError } from "./install-runtime.ts";
import type { TwilioRuntime } from "./install-runtime.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Twilio's own runtime for Functions, or the reason why there is none. */
    twilioRuntime: TwilioRuntime | { readonly missing: string };
  }
}

/** Installs the runtime before a run in which any file needs it. An installation may take longer than a hook may. */
export async function setup(project: TestProject): Promise<void> {
  const prepare = async (files: readonly string[]): Promise<void> => {
    if (await anyNeedsRuntime(files)) project.provide("twilioRuntime", await getRuntime());
  };
  project.onTestsRerun((specifications) => prepare(specifications.map(({ moduleId }) => moduleId)));
  await prepare(project.vitest.state.getPaths());
}

/** A test file needs the runtime if it imports `describe-with-twilio-runtime.ts`. */
async function anyNeedsRuntime(files: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.some((text) => text.includes("describe-with-twilio-runtime.ts"));
}

async function getRuntime(): Promise<TwilioRuntime | { missing: string }> {
  try {
    return await installTwilioRuntime();
  } catch (error) {
    // In CI, a skipped suite would look like a passed one.
    if (!(error instanceof TwilioRuntimeUnavailableError) || process.env["CI"] !== undefined) throw error;
    process.stderr.write(`\n  THE TESTS IN TWILIO'S OWN RUNTIME ARE SKIPPED. ${error.message}\n\n`);
    return { missing: error.message };
  }
}
