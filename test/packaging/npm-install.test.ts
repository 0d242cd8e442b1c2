import { execFileSync } from "node:child_process";

import { expect, test } from "vitest";

import { ROOT, rootYaml } from "./root-file.ts";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean }>>;
}

interface Package {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const { allowScripts, scripts } = rootYaml<Package>("package.json");

test("npm install shows no warning about install scripts, because each of them is allowed or refused in package.json", () => {
  const { packages } = rootYaml<Lock>("package-lock.json");
  const withScript = Object.entries(packages)
    .filter(([path, { hasInstallScript = false }]) => path !== "" && hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
  expect(Object.keys(allowScripts).toSorted()).toEqual([...new Set(withScript)].toSorted());
});

test.each([
  ["an older Node.js", "npm/11.19.1 node/v20.20.2 linux x64 workspaces/false", /^EBADENGINE .+\n$/],
  ["Node.js 22", "npm/10.9.4 node/v22.12.0 darwin arm64 workspaces/false", /^EBADENGINE .+\n$/],
  ["Node.js 24", "npm/11.6.2 node/v24.21.0 linux x64 workspaces/false", /^$/],
  ["Node.js 26", "npm/12.0.0 node/v26.1.0 win32 x64 workspaces/false", /^$/],
])("npm install on %s explains npm's warnings in one line, if there are any", (_, agent, output) => {
  const { postinstall = "" } = scripts;
  const printed = execFileSync("sh", ["-c", postinstall], {
    cwd: ROOT,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], npm_config_user_agent: agent },
  });
  expect(printed).toMatch(output);
});
