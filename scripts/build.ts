import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { parseYaml } from "../src/home-assistant/scripts/yaml.ts";
import { bundleApp } from "./bundle/bundle-app.ts";
import type { LockFile } from "./bundle/locked-packages.ts";
import { bundledPackages, thirdPartyNotices } from "./bundle/third-party-notices.ts";

const root = join(import.meta.dirname, "..");
/** Tests use another folder than `dist`. */
const outdir = resolve(process.argv[2] ?? join(root, "dist"));

const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as LockFile;
const metafile = await bundleApp(root, outdir, lock);

await cp(join(root, "LICENSE"), join(outdir, "LICENSE"));
const notices = thirdPartyNotices(root, bundledPackages(root, lock, metafile));
await writeFile(join(outdir, "THIRD-PARTY-NOTICES.txt"), notices);

/** Writes scripts and blueprints for Home Assistant beside the bundle, as JSON, because parsing YAML takes memory. */
await rm(join(outdir, "addon"), { recursive: true, force: true });
for (const folder of ["scripts", "blueprints"]) {
  await mkdir(join(outdir, "addon", folder), { recursive: true });
  for (const file of await readdir(join(root, "addon", folder))) {
    const content = parseYaml(await readFile(join(root, "addon", folder, file), "utf8"));
    const target = join(outdir, "addon", folder, file.replace(/\.yaml$/, ".json"));
    await writeFile(target, JSON.stringify(content));
  }
}
// The relay's Function is copied unchanged, because Twilio runs this file.
await cp(join(root, "addon/relay"), join(outdir, "addon/relay"), { recursive: true });
