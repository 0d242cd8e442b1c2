import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { runDemo } from "./run-demo.ts";

const { values } = parseArgs({
  options: { once: { type: "boolean" }, twilio: { type: "boolean" }, relay: { type: "boolean" } },
});
const directory = await mkdtemp(join(tmpdir(), "twilio-demo-"));
const stopped = new AbortController();
process.once("SIGINT", () => stopped.abort());
process.once("SIGTERM", () => stopped.abort());

try {
  await runDemo({
    directory,
    once: values.once === true,
    realTwilio: values.twilio === true,
    relay: values.relay === true,
    env: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
    stopped: stopped.signal,
  });
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}
