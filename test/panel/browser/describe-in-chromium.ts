import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, inject } from "vitest";

import { launchChromium } from "./launch-chromium.ts";

/** A suite that needs a real browser. Without one it is skipped, and its title says why. */
export function describeInChromium(name: string, tests: (browser: () => Browser) => void): void {
  const found = inject("chromium") ?? { missing: "the global set-up has not been asked for it" };
  const missing = "missing" in found ? found.missing : null;
  const title = missing === null ? name : `${name} (SKIPPED: ${missing})`;
  // oxlint-disable-next-line vitest/valid-title -- the caller's title
  describe.runIf(missing === null)(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium("path" in found ? found.path : "");
    });
    afterAll(() => browser.close());
    tests(() => browser);
  });
}
