import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const COMMITS = 500;

/** The time of one durable commit on the disk of `parent`, in milliseconds. */
export async function commitTimes(parent: string): Promise<number[]> {
  const directory = await mkdtemp(join(parent, "bench-"));
  const database = new DatabaseSync(join(directory, "commit.db"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x TEXT)");
  const insert = database.prepare("INSERT INTO t VALUES (?)");
  const times = Array.from({ length: COMMITS }, () => {
    const text = createHash("sha256").update(randomBytes(16)).digest("hex");
    const startedAt = performance.now();
    insert.run(text);
    return performance.now() - startedAt;
  });
  database.close();
  await rm(directory, { recursive: true });
  return times;
}
