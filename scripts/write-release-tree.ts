import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { isMap, parseDocument } from "yaml";

/** What Supervisor and its store read of an app whose image is made already. */
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
  /** The repository. */
  readonly from: string;
  /** A folder, made if need be. */
  readonly to: string;
  /** One name for all processors, without a tag: Supervisor takes the version for it. */
  readonly image: string;
}

/**
 * Writes what the branch `release` holds: the app as users add it, who build nothing. Links of the texts lead to the
 * repository at this version, since what they lead to is not on that branch.
 */
export async function writeReleaseTree({ from, to, image }: ReleaseTree): Promise<void> {
  const config = parseDocument(await readFile(join(from, "config.yaml"), "utf8"));
  if (!isMap(config.contents)) throw new Error("config.yaml is no mapping");
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

/** Links and pictures of Markdown that lead to a file get `base` before them; anchors and addresses stay. */
function withFullLinks(markdown: string, base: string): string {
  return markdown.replaceAll(/\]\((?!#|[a-z]+:)([^()\s]+)\)/g, (_link, path: string) => `](${base}${path})`);
}
