import type { TestProject } from "vitest/node";

import { setup as setUpEngine } from "./container/global-setup.ts";
import { setup as setUpChromium } from "./panel/browser/global-setup.ts";
import { setup as setUpCore } from "./real-core/install/global-setup.ts";
import { setup as setUpTwilioRuntime } from "./relay/twilio-runtime/global-setup.ts";

/** Installs what the test files of a run need. The installations mostly wait for the network, so they run together. */
export async function setup(project: TestProject): Promise<void> {
  await Promise.all([
    setUpCore(project),
    setUpChromium(project),
    setUpEngine(project),
    setUpTwilioRuntime(project),
  ]);
}
