// This file is loaded before each test file. By default, vitest waits one second for a condition, which is too short
// on a busy machine.
import { vi } from "vitest";

import { PATIENCE_MS } from "./patience.ts";

const { waitFor } = vi;
vi.waitFor = (check, options) => {
  const given = typeof options === "number" ? { timeout: options } : options;
  return waitFor(check, { ...given, timeout: Math.max(given?.timeout ?? 0, PATIENCE_MS) });
};
