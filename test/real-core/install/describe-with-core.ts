import { describe, inject } from "vitest";

import type { CoreInstallation } from "./core-installation.ts";

/** A suite that needs a real Home Assistant Core; without one it is skipped, and its name says why. */
export function describeWithCore(name: string, tests: (installation: CoreInstallation) => void): void {
  const core = inject("realCore") ?? { missing: "the global set-up has not been asked for it" };
  const missing = "missing" in core ? core.missing : null;
  const title = missing === null ? name : `${name} (SKIPPED: ${missing})`;
  // oxlint-disable-next-line vitest/valid-title -- the caller's title
  describe.runIf(missing === null)(title, () => {
    tests("missing" in core ? NONE : core);
  });
}

/** The installation of a skipped suite, which never runs. */
const NONE: CoreInstallation = { version: "", hass: "", root: null, complete: false };
