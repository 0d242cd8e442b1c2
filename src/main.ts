import { existsSync } from "node:fs";
import { join } from "node:path";

import { readListenSettings } from "./app/process/environment.ts";

/** Supervisor kills the app some seconds after SIGTERM; by then it must be gone by itself. */
const STOP_WITHIN_MS = 4_500;

const { env } = process;
const dataDir = env["DATA_DIR"] ?? "/data";
const write = (line: string): void => void process.stdout.write(`${line}\n`);

// A log that cannot be written, as on a full disk, must not end the app.
process.stdout.on("error", () => {});

end(await run(process.argv[2]));

/** The exit code. Each command loads only what it needs: one of them runs every half minute beside the app. */
async function run(command: string | undefined): Promise<number> {
  switch (command) {
    case undefined: {
      // Before anything is loaded: until then SIGTERM would kill the process, and do nothing where it has the id 1.
      const stopped = whenStopped();
      const { runApp } = await import("./app/process/run.ts");
      // The waits of the app's clock do not keep a process alive that listens on no port at the moment.
      setInterval(() => undefined, 3_600_000);
      return await runApp({
        env,
        dataDir,
        addonDir: addonDirectory(),
        nodeVersion: process.versions.node,
        write,
        stopped,
        onStrayRejection,
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
      write(error ?? "Copied the journal.");
      // Else Supervisor would back up nothing of the app, nor anything after it.
      return 0;
    }
    default:
      write(`There is no command "${command}": start it with none, or with "health" or "backup".`);
      return 1;
  }
}

/** Beside the bundle, and one folder up where the app runs unbuilt. */
function addonDirectory(): string {
  const beside = join(import.meta.dirname, "addon");
  return existsSync(beside) ? beside : join(import.meta.dirname, "../addon");
}

/** Resolves when the process is told to end. Told again, it goes on to end in order. */
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

function onStrayRejection(tell: (error: unknown) => void): void {
  process.on("unhandledRejection", tell);
}

/**
 * Ends the process at once, whatever Twilio or a name server still owes an answer. Node's own exit waits for each name
 * that is being looked up, 10 s and more without a network; then a Node that has nothing to do ends in its place.
 */
function end(code: number): never {
  const isLookingUp = process.getActiveResourcesInfo().includes("GetAddrInfoReqWrap");
  if (isLookingUp) process.execve?.(process.execPath, [process.execPath, "-e", `process.exit(${code})`], {});
  process.exit(code);
}
