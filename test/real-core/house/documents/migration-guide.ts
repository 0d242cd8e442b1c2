import { readFileSync } from "node:fs";

const GUIDE = readFileSync(new URL("../../../../docs/migrating-from-core.md", import.meta.url), "utf8");

/** The YAML of the migration guide that begins with this comment. */
export function yamlOfGuide(title: string): string {
  const found = [...GUIDE.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gm)]
    .map(([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""))
    .filter((text) => text.startsWith(`# ${title}\n`));
  const [text] = found;
  if (text === undefined || found.length > 1)
    throw new Error(`The guide has ${found.length} YAML blocks "${title}".`);
  return text;
}

/** The automations that run with Home Assistant's own integration and with the app, unchanged. */
export const GUIDE_AUTOMATIONS = yamlOfGuide("automations.yaml, before and after");
