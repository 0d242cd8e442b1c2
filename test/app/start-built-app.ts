import { inject } from "vitest";

import { startAppProcess } from "../../demo/start-app-process.ts";
import type { AppProcess, AppProcessOptions } from "../../demo/start-app-process.ts";

/** Runs the built app as a process. */
export function startBuiltApp(settings: Omit<AppProcessOptions, "main">): Promise<AppProcess> {
  return startAppProcess({ ...settings, main: inject("builtApp") });
}
