import dockerignore from "@balena/dockerignore";

import { repositoryFiles } from "./repository-files.ts";
import { rootFile } from "./root-file.ts";

/** What an image's build may copy: paths from the repository's root, as `.dockerignore` leaves them. */
export function buildContext(): string[] {
  const rules = rootFile(".dockerignore")
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  return dockerignore.default().add(rules).filter(repositoryFiles());
}
