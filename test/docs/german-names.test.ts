import { expect, test } from "vitest";

import { DE } from "../../src/texts/de/panel.ts";
import { EN } from "../../src/texts/en/panel.ts";
import { rootFile } from "../packaging/root-file.ts";
import { readTable } from "./read-table.ts";

const ROWS = readTable(rootFile("DOCS.md"), ["in this documentation", "auf Deutsch"]);

test("DOCS.md gives the German names of pages and buttons as the app's page shows them", () => {
  const pairs = pairsIn(EN, DE);
  expect(ROWS.length).toBeGreaterThan(10);
  for (const [english, german] of ROWS) expect(pairs).toContainEqual([english, german]);
});

test("DOCS.md uses each English name that it translates", () => {
  const bold = rootFile("DOCS.md").matchAll(/\*\*([^*]+)\*\*/g);
  const used = new Set([...bold].flatMap(([, text = ""]) => text.replaceAll(/\s+/g, " ").split(" → ")));
  expect(ROWS.map(([english = ""]) => english).filter((name) => !used.has(name))).toEqual([]);
});

/** The texts of two languages that belong together: those with the same place in both. */
function pairsIn(english: unknown, german: unknown): [string, string][] {
  if (typeof english === "string" && typeof german === "string") return [[english, german]];
  if (typeof english !== "object" || english === null) return [];
  return Object.entries(english).flatMap(([key, value]) =>
    pairsIn(value, (german as Record<string, unknown> | null)?.[key]),
  );
}
