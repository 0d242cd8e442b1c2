import dockerignore from "@balena/dockerignore";

import { repositoryFiles } from "./repository-files.ts";
import { rootFile } from "./root-file.ts";

/** The paths that the build of the image may copy, from the repository's root, after `.dockerignore`. */
export function buildContext(): string[] {
  const rules = rootFile(".dockerignore")
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  return dockerignore.default().add(rules).filter(repositoryFiles());
}
