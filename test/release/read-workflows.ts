import { readdirSync } from "node:fs";
import { join } from "node:path";

import { ROOT, rootFile, rootYaml } from "../packaging/root-file.ts";

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | boolean>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly core?: readonly string[] } };
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = ".github/workflows";

/** All workflows of the repository. */
export function readWorkflows(): Workflow[] {
  return readdirSync(join(ROOT, FOLDER)).map((name) => readWorkflow(name));
}

/** Reads a workflow of the repository. `name` is its file, such as `ci.yml`. */
export function readWorkflow(name: string): Workflow {
  const file = `${FOLDER}/${name}`;
  return { file, text: rootFile(file), ...rootYaml<Omit<Workflow, "file" | "text">>(file) };
}
