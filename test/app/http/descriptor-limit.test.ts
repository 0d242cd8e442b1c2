import { spawnSync } from "node:child_process";

import { expect, test } from "vitest";

import { connectionCaps } from "../../../src/app/http/descriptor-limit.ts";

const FILE = new URL("../../../src/app/http/descriptor-limit.ts", import.meta.url).href;

test.each([64, 256, 1_024, 4_096, 1_048_576, Infinity])(
  "with %d file descriptors, the app accepts fewer connections than half of them",
  (descriptors) => {
    const { webhooks, panel } = connectionCaps(descriptors);
    expect(webhooks + panel).toBeLessThan(descriptors / 2);
    expect(webhooks).toBeGreaterThan(15);
    expect(panel).toBeGreaterThan(5);
  },
);

test("the app reads from the system how many file descriptors its process may open", () => {
  const script = `import { readDescriptorLimit } from "${FILE}"; console.log(readDescriptorLimit());`;
  const node = `"${process.execPath}" --input-type=module -e '${script}'`;
  const run = spawnSync("sh", ["-c", `ulimit -n 300 && exec ${node}`], { encoding: "utf8" });
  expect(run.stdout.trim()).toBe("300");
});
