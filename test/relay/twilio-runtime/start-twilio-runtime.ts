import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { PATIENCE_MS } from "../../patience.ts";
import type { StartFunctionServer } from "../../twilio-simulator/functions/start-function-server.ts";
import { sourceWithAnswerTime } from "../answer-time.ts";
import type { AnswerTime } from "../answer-time.ts";
import type { TwilioRuntime } from "./install-runtime.ts";

/**
 * Serves each deployment of the relay by a process of Twilio's own runtime. By default, the relay waits for the app's
 * answer as long as a test waits.
 */
export function withTwilioRuntime(
  runtime: TwilioRuntime,
  answerTime: AnswerTime = { ms: PATIENCE_MS },
): StartFunctionServer {
  return async ({ domain, functions, variables }) => {
    await using undo = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), "twilio-functions-"));
    undo.defer(() => rm(folder, { recursive: true }));
    const fileOf = (path: string): string => join(folder, `${path.slice(1).replaceAll("/", "-")}.js`);
    const files = Object.fromEntries([...functions.keys()].map((path) => [path, fileOf(path)]));
    let written = 0;
    /** Writes the Functions again if the answer time has changed. The runtime loads them at each request. */
    async function prepare(): Promise<void> {
      const { ms } = answerTime;
      if (written === ms) return;
      for (const [path, source] of functions) await writeFile(fileOf(path), sourceWithAnswerTime(source, ms));
      written = ms;
    }
    await prepare();
    const settings = join(folder, "settings.json");
    const { directory } = runtime;
    await writeFile(
      settings,
      JSON.stringify({ directory, functions: files, variables: { ...variables, DOMAIN_NAME: domain } }),
    );
    const child = spawn(runtime.node, [join(import.meta.dirname, "serve-functions.cjs"), settings], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    undo.defer(async () => {
      child.kill("SIGKILL");
      await ended;
    });
    const first = once(createInterface(child.stdout), "line") as Promise<[string]>;
    const [port] = await Promise.race([
      first,
      ended.then(() => {
        throw new Error("Twilio's runtime ended before it listened.");
      }),
    ]);
    const running = undo.move();
    return {
      origin: `http://127.0.0.1:${port}`,
      prepare,
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  };
}
