import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { StartFunctionServer } from "../../twilio-simulator/functions/start-function-server.ts";
import type { TwilioRuntime } from "./install-runtime.ts";

/** Serves each deployment by a process of Twilio's own runtime. */
export function withTwilioRuntime(runtime: TwilioRuntime): StartFunctionServer {
  return async ({ domain, functions, variables }) => {
    await using undo = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), "twilio-functions-"));
    undo.defer(() => rm(folder, { recursive: true }));
    const files: Record<string, string> = {};
    for (const [path, source] of functions) {
      const file = join(folder, `${path.slice(1).replaceAll("/", "-")}.js`);
      await writeFile(file, source);
      files[path] = file;
    }
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
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  };
}
