import { existsSync } from "node:fs";
import { join } from "node:path";

import { readListenSettings } from "./app/process/environment.ts";

/** How long the app may take to end after SIGTERM, in milliseconds. Supervisor kills it after 5 s. */
const STOP_WITHIN_MS = 4_500;

const { env } = process;
const dataDir = env["DATA_DIR"] ?? "/data";
const write = (line: string): void => void process.stdout.write(`${line}\n`);

// If the log cannot be written, for example on a full disk, the app continues.
process.stdout.on("error", () => {});

end(await run(process.argv[2]));

/** Resolves to the exit code. Each command loads only what it needs, because `health` runs every half minute. */
async function run(command: string | undefined): Promise<number> {
  switch (command) {
    case undefined: {
      // Listen for signals before anything is loaded. Until then, SIGTERM kills the process, or does nothing if its id is 1.
      const stopped = whenStopped();
      const { runApp } = await import("./app/process/run.ts");
      // The timers of the app's clock do not keep the process alive while it listens on no port.
      setInterval(() => undefined, 3_600_000);
      return await runApp({
        env,
        dataDir,
        addonDir: addonDirectory(),
        nodeVersion: process.versions.node,
        write,
        stopped,
        onUnhandledRejection,
      });
    }
    case "health": {
      const { checkHealth } = await import("./app/commands/health.ts");
      const { listenHost, webhookPort } = readListenSettings(env);
      return (await checkHealth(listenHost, webhookPort)) ? 0 : 1;
    }
    case "backup": {
      const { backUpJournal } = await import("./app/commands/backup.ts");
      const { error } = backUpJournal(dataDir, new Date());
      write(error ?? "Copied the app's database.");
      // With another exit code, Supervisor would stop the backup.
      return 0;
    }
    default:
      write(`Unknown command "${command}". Use "health" or "backup", or no command to run the app.`);
      return 1;
  }
}

/** The folder beside the bundle, or one level up if the app runs from source. */
function addonDirectory(): string {
  const beside = join(import.meta.dirname, "addon");
  return existsSync(beside) ? beside : join(import.meta.dirname, "../addon");
}

/** Resolves at the first signal to end. A second signal does not interrupt the orderly end. */
function whenStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        setTimeout(() => end(0), STOP_WITHIN_MS).unref();
        resolve();
      });
    }
  });
}

function onUnhandledRejection(listener: (error: unknown) => void): void {
  process.on("unhandledRejection", listener);
}

/**
 * Ends the process at once, also while requests are open. Node's exit waits for each open DNS lookup, which takes 10 s and
 * more without a network. In this case, the process is replaced by a Node process that exits immediately.
 */
function end(code: number): never {
  const isLookingUp = process.getActiveResourcesInfo().includes("GetAddrInfoReqWrap");
  if (isLookingUp) process.execve?.(process.execPath, [process.execPath, "-e", `process.exit(${code})`], {});
  process.exit(code);
}
