import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readYaml } from "../../src/home-assistant/scripts/read-yaml.ts";

const FOLDER = new URL("../../addon/scripts/", import.meta.url).pathname;

test("each script runs thousands of times at once, because Home Assistant gives a dropped run's automation an empty response like a success", async () => {
  const files = await readdir(FOLDER);
  expect(files).toHaveLength(4);
  for (const file of files) {
    const script = await readYaml(join(FOLDER, file));
    expect(script, file).toMatchObject({ mode: "parallel", max: 10_000, max_exceeded: "error" });
  }
});
