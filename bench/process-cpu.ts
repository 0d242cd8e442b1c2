import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** The length of a clock tick in `/proc/<pid>/stat`. The kernel guarantees this value to user space. */
const TICK_MS = 10;

/** The share of one core that a process uses during `forMs` milliseconds, in percent. */
export async function cpuPercent(pid: number, forMs: number): Promise<number> {
  const before = await cpuMs(pid);
  await delay(forMs);
  return (((await cpuMs(pid)) - before) / forMs) * 100;
}

/** The processor time that a process has used, from the kernel. */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name of the process, in brackets, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
