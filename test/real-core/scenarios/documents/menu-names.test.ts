import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { rootFile } from "../../../packaging/root-file.ts";
import type { CoreInstallation } from "../../install/core-installation.ts";
import { describeWithCore } from "../../install/describe-with-core.ts";

const DOCUMENTS = ["README.md", "DOCS.md", "docs/migrating-from-core.md"].map(rootFile).join("\n");
const [, DOCUMENTED_VERSION = ""] = /on a real Home Assistant (\d+\.\d+)\./.exec(DOCUMENTS) ?? [];

/** Names of the editors and of the app's tab **Info** that the documents tell the user to look for. */
const OTHER_NAMES = [
  "Watchdog",
  "Start on boot",
  "Show in sidebar",
  "Show unused optional configuration options",
  "Add trigger",
  "Add action",
  "Manual event received",
  "Run actions",
  "Traces",
];

/** The keys of the names of pages, tabs and buttons. Other texts, such as labels of values, may have the same words. */
const NAME_KEYS =
  /\.(?:caption|main|title|add\w*|create_empty|repositories|open_web_ui|disable|run|show_\w+|event\.label)$/;

describeWithCore("the menus of Home Assistant", (installation) => {
  // The documents follow one release. The menus of an earlier one may have other names.
  const isDocumented = installation.version.startsWith(`${DOCUMENTED_VERSION}.`);

  test.runIf(isDocumented)("have the names that the documents use", () => {
    const bold = [...withoutPhones(DOCUMENTS).matchAll(/\*\*([^*]+)\*\*/g)].map(([, text = ""]) => text);
    const paths = bold.filter((text) => text.startsWith("Settings → "));
    expect(paths.length).toBeGreaterThan(10);
    const names = bold.flatMap((text) => text.split(" → "));
    expect(OTHER_NAMES.filter((name) => !names.includes(name))).toEqual([]);
    expect(unknownNames([...paths, ...OTHER_NAMES], frontendTexts(installation, "en"))).toEqual([]);
  });

  test.runIf(isDocumented).each([
    ["en", "Settings"],
    ["de", "Einstellungen"],
  ])("have the names that the app's page uses in the language %s", (language, settings) => {
    const sources = readdirSync(new URL(`../../../../src/texts/${language}/`, import.meta.url))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => rootFile(`src/texts/${language}/${file}`));
    const found = [...sources.join("\n").matchAll(new RegExp(`${settings} → [^.("]+`, "g"))];
    expect(found.length).toBeGreaterThan(2);
    const paths = found.map(([path]) => path);
    expect(unknownNames(paths, frontendTexts(installation, language))).toEqual([]);
  });
});

/** Removes the list items about the settings of telephones, because their menus begin with *Settings* as well. */
function withoutPhones(documents: string): string {
  return documents.replaceAll(/^- \*\*(?:iPhone|Android)[^]*?(?=^-|\n\n)/gm, "").replaceAll(/\s+/g, " ");
}

/** The parts of menu paths that are neither a text of Home Assistant nor the app's name. */
function unknownNames(paths: readonly string[], texts: ReadonlySet<string>): string[] {
  const parts = paths.flatMap((path) => path.split(" → ").map((part) => part.trim()));
  return parts.filter((part) => !texts.has(part) && !["Twilio", "⋮"].includes(part));
}

/** The names in Home Assistant's pages, in one language. */
function frontendTexts({ hass, root }: CoreInstallation, language: string): ReadonlySet<string> {
  const libraries = join(dirname(realpathSync(join(root ?? "/", dirname(hass)))), "lib");
  const [python = ""] = readdirSync(libraries).filter((name) => name.startsWith("python3"));
  const folder = join(libraries, python, "site-packages/hass_frontend/static/translations");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => new RegExp(`(?:^|/)${language}-[0-9a-f]{32}\\.json$`).test(file));
  return new Set(own.flatMap((file) => textsIn(JSON.parse(readFileSync(join(folder, file), "utf8")))));
}

function textsIn(value: unknown, key = ""): string[] {
  if (typeof value === "string") return NAME_KEYS.test(key) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${key}.${name}`));
}
