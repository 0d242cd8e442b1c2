import { describe, inject } from "vitest";

import type { EnginePrograms } from "./install-engine.ts";

/** A suite that runs the real image; without a container engine it is skipped, and its name says why. */
export function describeInContainer(name: string, tests: (engine: EnginePrograms) => void): void {
  const engine = inject("containerEngine") ?? { missing: "the global set-up has not been asked for it" };
  const missing = "missing" in engine ? engine.missing : null;
  const title = missing === null ? name : `${name} (SKIPPED: ${missing})`;
  // oxlint-disable-next-line vitest/valid-title -- the caller's title
  describe.runIf(missing === null)(title, () => {
    tests("missing" in engine ? NONE : engine);
  });
}

/** The programs of a skipped suite, which never run. */
const NONE: EnginePrograms = { daemon: "", client: "" };
