import { setTimeout as sleep } from "node:timers/promises";

import { CONNECTION_FLOODS } from "./connection-floods.ts";
import { REQUEST_FLOODS } from "./request-floods.ts";
import type { FloodFigures } from "./run-flood.ts";
import { runFlood } from "./run-flood.ts";
import { DESCRIPTORS, startAttackedHouse } from "./start-attacked-house.ts";

/** The length of each flood in the long form, in seconds. One genuine webhook a second is sent meanwhile. */
const SECONDS = 15;
const HONEST_EVERY_MS = 1_000;

const LIMITS = { p99Ms: 100, memoryMb: 150, descriptors: DESCRIPTORS / 2, logBytesAMinute: 100_000 };

const wanted = process.argv.slice(2);
const names = Object.keys({ ...CONNECTION_FLOODS, ...REQUEST_FLOODS });
const all: FloodFigures[] = [];
await using house = await startAttackedHouse();
const startedAt = performance.now();
print(row(["flood", "sent", "MB", "unanswered", "p50 ms", "p99 ms", "MB memory", "descriptors"]));
for (const name of wanted.length > 0 ? wanted : names) {
  const figures = await runFlood(house, name, SECONDS, HONEST_EVERY_MS);
  all.push(figures);
  const { connections, requests, bytes, honest, memoryMb, descriptors } = figures;
  const times = honest.map(({ ms }) => ms);
  print(
    row([
      name,
      requests > 0 ? `${requests} requests` : `${connections} connections`,
      (bytes / 1_000_000).toFixed(0),
      unanswered(figures),
      percentile(times, 0.5).toFixed(1),
      percentile(times, 0.99).toFixed(1),
      memoryMb.toFixed(0),
      descriptors,
    ]),
  );
}

const minutes = (performance.now() - startedAt) / 60_000;
const honest = all.flatMap((figures) => figures.honest);
const p99 = percentile(
  honest.map(({ ms }) => ms),
  0.99,
);
// The last webhooks were answered only now, so their events may still follow.
const expected = honest.length + all.length;
for (let waited = 0; house.home.fired.length < expected && waited < 5_000; waited += 50) await sleep(50);
const foreign = house.home.fired.filter(({ data }) => !String(data["Body"]).startsWith("honest"));
const logBytes = Buffer.byteLength(house.logged());
print(
  `All: ${honest.length} honest webhooks, p99 ${p99.toFixed(1)} ms; ${foreign.length} foreign events of ${house.home.fired.length}; ${(logBytes / minutes / 1_000).toFixed(1)} kB of log a minute.`,
);
const faults = [
  all.some((figures) => unanswered(figures) > 0) && "an honest webhook was not answered",
  p99 > LIMITS.p99Ms && `the 99th percentile is over ${LIMITS.p99Ms} ms`,
  foreign.length > 0 && "something foreign was fired",
  house.home.fired.length !== expected && "an honest message was fired twice, or not at all",
  logBytes > LIMITS.logBytesAMinute * Math.ceil(minutes + 1) && "there is too much log",
  all.some(({ memoryMb }) => memoryMb > LIMITS.memoryMb) && `it took more than ${LIMITS.memoryMb} MB`,
  all.some(({ descriptors }) => descriptors >= LIMITS.descriptors) && "it took half of the descriptors",
].filter((fault) => fault !== false);
for (const fault of faults) print(`Failed: ${fault}.`);
process.exitCode = faults.length > 0 ? 1 : 0;

function unanswered({ honest: answers }: FloodFigures): number {
  return answers.filter(({ status }) => status !== 200).length;
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

function row([name, ...cells]: readonly (string | number)[]): string {
  return `${String(name).padEnd(38)}${cells.map((cell) => String(cell).padStart(18)).join("")}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
