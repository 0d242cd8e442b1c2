import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../../real-core/install/run-command.ts";
import { withInstallLock } from "../../real-core/install/with-install-lock.ts";

const DIRECTORY = join(import.meta.dirname, "../../../.cache/twilio-runtime");
/** The version of the runtime with which the app lets Twilio build, and the Node with which Twilio runs Functions. */
const PACKAGES = ["@twilio/runtime-handler@2.1.0", "node@22"];

export interface TwilioRuntime {
  /** The folder in which the packages are installed. */
  readonly directory: string;
  readonly node: string;
}

/** npm could not install Twilio's runtime, for example without a network. */
export class TwilioRuntimeUnavailableError extends Error {
  override readonly name = "TwilioRuntimeUnavailableError";
}

/**
 * Twilio's own runtime for Functions, installed by npm when it is first needed.
 *
 * @throws {TwilioRuntimeUnavailableError} if npm fails
 */
export async function installTwilioRuntime(): Promise<TwilioRuntime> {
  const runtime = { directory: DIRECTORY, node: join(DIRECTORY, "node_modules/node/bin/node") };
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  await withInstallLock(DIRECTORY, progress, async () => {
    if (existsSync(join(DIRECTORY, "complete"))) return;
    await mkdir(DIRECTORY, { recursive: true });
    await writeFile(join(DIRECTORY, "package.json"), JSON.stringify({ private: true }));
    const command = ["install", "--prefix", DIRECTORY, "--no-audit", "--no-fund", ...PACKAGES];
    const label = "Installing Twilio's runtime for Functions";
    await runCommand("npm", command, { label, progress }).catch((error: unknown) => {
      throw new TwilioRuntimeUnavailableError("npm could not install its packages.", { cause: error });
    });
    await writeFile(join(DIRECTORY, "complete"), "");
  });
  return runtime;
}
