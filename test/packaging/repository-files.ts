import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./root-file.ts";

/** The paths of all files of the repository, including new ones, from its root. */
export function repositoryFiles(): string[] {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  // Makes git accept the folder even if another user owns it.
  const trusted = ["-c", `safe.directory=${ROOT}`];
  const files = execFileSync("git", [...trusted, ...list], { cwd: ROOT, encoding: "utf8" }).split("\0");
  // A file that was removed without a commit is still listed.
  return files.filter((file) => file !== "" && existsSync(join(ROOT, file)));
}
