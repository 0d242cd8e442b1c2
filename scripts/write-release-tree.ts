import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { isMap, parseDocument } from "yaml";

/** The files that the release contains unchanged, because Supervisor and its store read them. */
const AS_THEY_ARE = [
  "CHANGELOG.md",
  "LICENSE",
  "apparmor.txt",
  "icon.png",
  "logo.png",
  "repository.yaml",
  "translations",
];

export interface ReleaseTree {
  /** The folder of the repository. */
  readonly from: string;
  /** The folder to write to. It is created if it does not exist. */
  readonly to: string;
  /** One name for all processors, without a tag. Supervisor uses the version as the tag. */
  readonly image: string;
}

/**
 * Writes the content of the branch `release`: the app without sources, so that users build nothing. Links in the
 * documents lead to the repository at this version, because their targets are not on that branch.
 */
export async function writeReleaseTree({ from, to, image }: ReleaseTree): Promise<void> {
  const config = parseDocument(await readFile(join(from, "config.yaml"), "utf8"));
  if (!isMap(config.contents)) throw new Error("config.yaml must be a mapping.");
  const { version, url } = config.toJS() as { version: string; url: string };
  config.contents.items.splice(1, 0, config.createPair("image", image));
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "config.yaml"), config.toString({ lineWidth: 0 }));
  for (const name of AS_THEY_ARE) await cp(join(from, name), join(to, name), { recursive: true });
  for (const name of ["README.md", "DOCS.md"]) {
    const text = await readFile(join(from, name), "utf8");
    await writeFile(join(to, name), withFullLinks(text, `${url}/blob/v${version}/`));
  }
}

/** Puts `base` before the links and pictures in Markdown that lead to a file. Anchors and URLs stay. */
function withFullLinks(markdown: string, base: string): string {
  return markdown.replaceAll(/\]\((?!#|[a-z]+:)([^()\s]+)\)/g, (_link, path: string) => `](${base}${path})`);
}
