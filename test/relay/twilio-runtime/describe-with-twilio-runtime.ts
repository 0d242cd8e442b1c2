import { describe, inject } from "vitest";

import type { TwilioRuntime } from "./install-runtime.ts";

/** A suite that runs the relay in Twilio's own runtime. Without it, the suite is skipped, and its name says why. */
export function describeWithTwilioRuntime(name: string, tests: (runtime: TwilioRuntime) => void): void {
  const runtime = inject("twilioRuntime") ?? { missing: "the global set-up has not been asked for it" };
  const missing = "missing" in runtime ? runtime.missing : null;
  const title = missing === null ? name : `${name} (SKIPPED: ${missing})`;
  // oxlint-disable-next-line vitest/valid-title -- the caller's title
  describe.runIf(missing === null)(title, () => {
    tests("missing" in runtime ? NONE : runtime);
  });
}

/** The runtime of a skipped suite, which never runs. */
const NONE: TwilioRuntime = { directory: "", node: "" };
