import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** The bundle's file; empty if no test of this run starts it. */
    builtApp: string;
  }
}

/** Helpers that start the app as a process. */
const STARTS_PROCESS =
  /start-built-app|start-process-house|start-disk-house|crash-house|chaos-app|start-house-with-alarms/;

/** Builds the app once before a run in which a test starts it as a process. From source, each start takes a second longer. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "twilio-built-"));
  let isBuilt = false;
  const prepare = async (files: readonly string[]): Promise<void> => {
    const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    if (isBuilt || !texts.some((text) => STARTS_PROCESS.test(text))) return;
    await promisify(execFile)(process.execPath, ["scripts/build.ts", folder], { cwd: project.config.root });
    isBuilt = true;
    project.provide("builtApp", join(folder, "main.mjs"));
  };
  project.provide("builtApp", "");
  project.onTestsRerun((specifications) => prepare(specifications.map(({ moduleId }) => moduleId)));
  await prepare(project.vitest.state.getPaths());
  return () => rm(folder, { recursive: true, force: true });
}
