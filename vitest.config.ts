import { defineConfig } from "vitest/config";

import { clientFiles } from "./test/client-files.ts";
import { PATIENCE_MS } from "./test/patience.ts";
import { SlowFilesFirst } from "./test/slow-files-first.ts";

export default defineConfig({
  plugins: [clientFiles()],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/app/build-app.ts", "test/global-setup.ts"],
    // Three files run at a time on two cores, because many tests mostly wait for a real Home Assistant or a browser. No
    // test depends on how fast the machine is.
    maxWorkers: 3,
    sequence: { sequencer: SlowFilesFirst },
    setupFiles: ["test/wait-patiently.ts"],
    testTimeout: 5 * PATIENCE_MS,
    hookTimeout: 3 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    reporters: ["default", ["json", { outputFile: ".cache/test-results.json" }]],
  },
});
