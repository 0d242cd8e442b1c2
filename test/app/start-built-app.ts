import { inject } from "vitest";

import { startAppProcess } from "../../demo/start-app-process.ts";
import type { AppProcess, AppProcessOptions } from "../../demo/start-app-process.ts";

/** Runs the app as its own process, built as it is shipped. */
export function startBuiltApp(settings: Omit<AppProcessOptions, "main">): Promise<AppProcess> {
  return startAppProcess({ ...settings, main: inject("builtApp") });
}
