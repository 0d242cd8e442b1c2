import { readFile } from "node:fs/promises";

import type { TestProject } from "vitest/node";

import { installTwilioRuntime } from "./install-runtime.ts";
import type { TwilioRuntime } from "./install-runtime.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Twilio's own runtime for Functions; null where no test of this run needs it. */
    twilioRuntime: TwilioRuntime | null;
  }
}

/** Installs the runtime before a run in which a test asks for it: that may take longer than a hook may. */
export async function setup(project: TestProject): Promise<void> {
  const prepare = async (files: readonly string[]): Promise<void> => {
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    if (texts.some((text) => text.includes('inject("twilioRuntime")')))
      project.provide("twilioRuntime", await installTwilioRuntime());
  };
  project.provide("twilioRuntime", null);
  project.onTestsRerun((specifications) => prepare(specifications.map(({ moduleId }) => moduleId)));
  await prepare(project.vitest.state.getPaths());
}
