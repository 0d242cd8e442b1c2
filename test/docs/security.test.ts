import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { ROOT, rootFile } from "../packaging/root-file.ts";
import { SECURITY_PROMISES } from "./security-promises.ts";

/** The items of the lists under a heading, each in one line. */
function itemsUnder(heading: string): string[] {
  const section =
    rootFile("SECURITY.md")
      .split(/^## /m)
      .find((text) => text.startsWith(heading)) ?? "";
  const items = section.match(/^- .*(\n {2}.*)*/gm) ?? [];
  return items.map((item) => item.slice(2).replaceAll(/\s+/g, " "));
}

test("SECURITY.md and the list of tests beside it contain the same promises", () => {
  expect(itemsUnder("What counts").toSorted()).toEqual(Object.keys(SECURITY_PROMISES).toSorted());
});

test.each(Object.entries(SECURITY_PROMISES))(
  "a promise of SECURITY.md has a test that exists: %s",
  (_sentence, tests) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, title] of tests) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(rootFile(file)).toContain(JSON.stringify(title));
    }
  },
);
