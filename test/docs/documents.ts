import { readdirSync } from "node:fs";
import { join } from "node:path";

import { ROOT, rootFile } from "../packaging/root-file.ts";
import { codeBlocks } from "./code-blocks.ts";
import type { CodeBlock } from "./code-blocks.ts";

/** The path of the guide. Its blocks have titles, by which migration.test.ts runs them one after another. */
export const MIGRATION_GUIDE = "docs/migrating-from-core.md";

export interface Document {
  /** Path from the repository's root. */
  readonly file: string;
  readonly text: string;
}

/** Reads the documents for users. */
export function readDocuments(): Document[] {
  const guides = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  const files = ["README.md", "DOCS.md", ...guides.map((name) => `docs/${name}`)];
  return files.map((file) => ({ file, text: rootFile(file) }));
}

/** All blocks of all documents. */
export function readBlocks(): CodeBlock[] {
  return readDocuments().flatMap(({ file, text }) => codeBlocks(file, text));
}
