// This file is loaded into the process before the app. Every commit blocks the process for as long as on an SD card.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { StatementSync } from "node:sqlite";

const COMMIT_MS = 30;
const nothing = new Int32Array(new SharedArrayBuffer(4));
let commits = 0;
let before = 0;
let most = 0;
// Within one turn of the event loop the app receives nothing, not even a ping.
setInterval(() => {
  most = Math.max(most, commits - before);
  before = commits;
}, 1).unref();

const { run } = StatementSync.prototype;
StatementSync.prototype.run = function runSlowly(this: StatementSync, ...given: never[]) {
  const result = run.apply(this, given as never);
  if (this.sourceSQL === "COMMIT") {
    commits += 1;
    Atomics.wait(nothing, 0, 0, COMMIT_MS);
  }
  return result;
};

process.on("exit", () => {
  const report = JSON.stringify({ commits, mostInOneTurn: most });
  writeFileSync(join(process.env["DATA_DIR"] ?? "", "slow-commits.json"), report);
});
