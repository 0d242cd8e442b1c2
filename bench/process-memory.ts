import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

import { until } from "./until.ts";

const CALM_MS = 1_000;
const CALM_MB = 0.5;

/** Resident memory of a process in MB, from the kernel. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Resident memory when it has not changed for a second. */
export async function settledMb(pid: number): Promise<number> {
  let reference = await residentMb(pid);
  let since = Date.now();
  await until("memory stands still", async () => {
    const now = await residentMb(pid);
    if (Math.abs(now - reference) > CALM_MB) {
      reference = now;
      since = Date.now();
    }
    return Date.now() - since > CALM_MS;
  });
  return residentMb(pid);
}

/** Resident memory of an idle Node process. */
export async function emptyNodeMb(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('up')"]);
  await once(child.stdout, "data");
  const mb = await settledMb(child.pid ?? 0);
  child.kill();
  return mb;
}
