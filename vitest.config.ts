import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/real-core/global-setup.ts", "test/panel/browser/global-setup.ts"],
    // Most of a test's time is waiting: for a Core that starts, or for a call that is held.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".cache/test-results.json" }]],
  },
});
