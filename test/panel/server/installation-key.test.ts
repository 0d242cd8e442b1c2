import { expect, test } from "vitest";

import { SYSTEM_CHANCE } from "../../../src/app/system/chance.ts";
import { loadInstallationKey } from "../../../src/panel/server/installation-key.ts";

test("the panel's secret key is made at the first start and used at each later start", () => {
  let stored: string | null = null;
  const memory = { setIfAbsent: (_name: "panel_key", key: string) => (stored ??= key) };
  const first = loadInstallationKey(memory, SYSTEM_CHANCE);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(loadInstallationKey(memory, SYSTEM_CHANCE)).toBe(first);
});

test("on a full disk, each start of the app has a new secret key for the panel", () => {
  const full = {
    setIfAbsent(): string {
      throw new Error("database or disk is full");
    },
  };
  const keys = [1, 2].map(() => loadInstallationKey(full, SYSTEM_CHANCE));
  expect(new Set(keys).size).toBe(2);
});
