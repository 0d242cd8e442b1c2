import { lockBetweenProcesses } from "./lock-between-processes.ts";
import type { Progress } from "./run-command.ts";

/** Runs `work` while no other process installs something in the folder. */
export async function withInstallLock<T>(
  directory: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  const waiting = "Waiting for another process to install Home Assistant Core";
  const lock = await lockBetweenProcesses(directory, waiting, progress);
  try {
    return await work();
  } finally {
    lock[Symbol.dispose]();
  }
}
