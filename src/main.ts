import { existsSync } from "node:fs";
import { join } from "node:path";

import { readListenSettings } from "./app/process/environment.ts";

/** After SIGTERM, the app ends after this time at the latest, in milliseconds. Supervisor kills it after 5 s. */
const STOP_WITHIN_MS = 4_500;

const { env } = process;
const dataDir = env["DATA_DIR"] ?? "/data";
const write = (line: string): void => void process.stdout.write(`${line}\n`);

// If the log cannot be written, for example on a full disk, the app must go on. Without a listener, the error would end
// it.
process.stdout.on("error", () => {});

end(await run(process.argv[2]));

/**
 * Runs a command of the program, and resolves with the exit code. Each command imports only what it needs, because
 * `health` runs every half minute.
 */
async function run(command: string | undefined): Promise<number> {
  switch (command) {
    case undefined: {
      // Listen for signals before anything is imported. Without a listener, SIGTERM kills the process at once. If the
      // process has the ID 1, SIGTERM without a listener does nothing.
      const stopped = whenStopped();
      const { runApp } = await import("./app/process/run.ts");
      // Keep the process alive, even while the app listens on no port. The timers of the app's clock do not keep it
      // alive.
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
      // Supervisor would stop its backup if this command returned another exit code.
      return 0;
    }
    default:
      write(`Unknown command "${command}". Use "health" or "backup", or no command to run the app.`);
      return 1;
  }
}

/** The folder `addon`. It lies beside the bundle, or above `src/` if the app runs from its sources. */
function addonDirectory(): string {
  const beside = join(import.meta.dirname, "addon");
  return existsSync(beside) ? beside : join(import.meta.dirname, "../addon");
}

/** Resolves at the first signal that ends the app. A further signal does not disturb the orderly end. */
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
 * Ends the process at once, even if requests are open. Without a network, a DNS look-up takes 10 s or more, and Node
 * does not exit before the look-up ends. During a look-up, a new Node process that exits at once replaces this process.
 */
function end(code: number): never {
  const isLookingUp = process.getActiveResourcesInfo().includes("GetAddrInfoReqWrap");
  if (isLookingUp) process.execve?.(process.execPath, [process.execPath, "-e", `process.exit(${code})`], {});
  process.exit(code);
}
