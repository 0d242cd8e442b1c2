import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root-file.ts";

/** What a clone of the repository holds, new files included: paths from its root. */
export function repositoryFiles(): string[] {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  // Whoever owns the folder.
  const trusted = ["-c", `safe.directory=${ROOT}`];
  const files = execFileSync("git", [...trusted, ...list], { cwd: ROOT, encoding: "utf8" }).split("\0");
  // What was removed and not yet committed is still listed.
  return files.filter((file) => file !== "" && existsSync(join(ROOT, file)));
}
