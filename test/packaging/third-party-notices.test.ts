import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Metafile } from "esbuild";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { bundleApp } from "../../scripts/bundle/bundle-app.ts";
import type { LockFile } from "../../scripts/bundle/locked-packages.ts";
import { bundledPackages, thirdPartyNotices } from "../../scripts/bundle/third-party-notices.ts";
import { ROOT, rootYaml } from "./root-file.ts";

const LOCK = rootYaml<LockFile>("package-lock.json");
const PERMISSION = "Permission is hereby granted, free of charge, to any person obtaining a copy. ";

let directory: string;
let metafile: Metafile;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "twilio-notices-"));
  metafile = await bundleApp(ROOT, join(directory, "built"), LOCK);
});
afterAll(() => rm(directory, { recursive: true }));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(directory, "root-"));
});

/** Installs a package with these files. Returns the notices of a bundle that contains one line of the package. */
async function noticesOf(files: Readonly<Record<string, string>>, version = "1.2.3"): Promise<string> {
  const folder = join(root, "node_modules/some-package");
  await mkdir(folder, { recursive: true });
  const manifest = { name: "some-package", version, license: "MIT" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const output = {
    bytes: 1,
    imports: [],
    exports: [],
    inputs: { "node_modules/some-package/index.js": { bytesInOutput: 1 } },
  };
  const lock = { packages: { "node_modules/some-package": { version: "1.2.3" } } };
  return thirdPartyNotices(
    root,
    bundledPackages(root, lock, { inputs: {}, outputs: { "main.mjs": output } }),
  );
}

test("the notices name every package in the bundle with its version and the text of its licence", async () => {
  const notices = thirdPartyNotices(ROOT, bundledPackages(ROOT, LOCK, metafile));
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const bundled = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const folders = Object.keys(LOCK.packages).filter((folder) =>
    bundled.some((path) => {
      const inside = path.split(`${folder}/`)[1];
      return folder !== "" && inside !== undefined && !inside.includes("node_modules/");
    }),
  );
  expect(folders.length).toBeGreaterThan(10);
  for (const folder of folders) {
    const name = folder.split("node_modules/").at(-1);
    expect(notices).toContain(`\n${name} ${LOCK.packages[folder]?.version} (`);
    const licence = (await readdir(join(ROOT, folder))).find((file) => /^licen[cs]e(\.\w+)?$/i.test(file));
    const text =
      licence === undefined ? PERMISSION.slice(0, 60) : await readFile(join(ROOT, folder, licence), "utf8");
    expect(notices, folder).toContain(text.replaceAll("\r\n", "\n").trim());
  }
});

test("the notices list the bundle's packages in the order of their names, and nothing else", () => {
  const packages = bundledPackages(ROOT, LOCK, metafile);
  const headings = thirdPartyNotices(ROOT, packages).matchAll(/^={80}\n(\S+ \S+) \(.*\)\n={80}$/gm);
  const listed = [...headings].map(([, heading = ""]) => heading);
  expect(listed).toEqual(packages.map(({ name, version }) => `${name} ${version}`));
  expect(listed).toEqual([...new Set(listed)].toSorted());
});

test.each(["LICENSE", "licence.md", "License.txt", "COPYING", "LICENSE-MIT"])(
  "the notices take a package's licence from %s",
  async (file) => {
    expect(await noticesOf({ [file]: "Do what you like.\r\nReally.\r\n" })).toContain(
      "some-package 1.2.3 (MIT)\n" + "=".repeat(80) + "\n\nDo what you like.\nReally.\n",
    );
  },
);

test("the notices contain all licence files of a package, and its NOTICE file", async () => {
  const files = { LICENSE: "Ours.", "LICENSE.Apache": "Theirs.", NOTICE: "Thanks.", "LICENSES.js": "code" };
  const notices = await noticesOf(files);
  expect(notices).toMatch(/Ours\.[^]+Theirs\.[^]+Thanks\./);
  expect(notices).not.toContain("code");
});

test.each([
  ["## License", `## License\n\n${PERMISSION.repeat(5)}`],
  ["an underlined heading", `License\n-------\n\n${PERMISSION.repeat(5)}\n\n[link]: https://example.com\n`],
  ["a section in the middle", `# License\n${PERMISSION.repeat(5)}\n# Thanks\nEverybody\n`],
])(
  "if a package has no licence file, the notices take the text from its README: %s",
  async (_what, readme) => {
    const notices = await noticesOf({ "README.md": `# Some package\n\nDoes something.\n\n${readme}` });
    expect(notices).toContain(PERMISSION.repeat(5).trim());
    expect(notices).not.toMatch(/Does something|Everybody/);
  },
);

test.each<[string, Record<string, string>]>([
  ["the package has neither a licence file nor a README", {}],
  ["the README only names the licence", { "README.md": "# Some package\n\n## License\n\nMIT\n" }],
  ["the README has no licence section", { "README.md": `# Some package\n\n${PERMISSION.repeat(9)}` }],
])("the build of the notices fails and names the package if %s", async (_what, files) => {
  await expect(noticesOf(files)).rejects.toThrow("some-package 1.2.3 has no licence text.");
});

test("the build of the notices fails if the installed version of a package differs from package-lock.json", async () => {
  await expect(noticesOf({ LICENSE: "Ours." }, "1.2.4")).rejects.toThrow(
    /1\.2\.4, package-lock\.json 1\.2\.3/,
  );
});
