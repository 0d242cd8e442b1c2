import { parseDocument, visit } from "yaml";

/**
 * The prose of a Markdown document: its paragraphs, list items and table cells, one text each. Code blocks, headings and
 * addresses are left out.
 */
export function proseOfMarkdown(markdown: string): string[] {
  const parts: string[] = [];
  let isNewPart = true;
  for (const line of withoutBlocks(markdown).split("\n")) {
    const text = line.trim();
    if (text === "" || /^(?:#|\||\[[^\]]+\]: )/.test(text)) {
      isNewPart = true;
      if (text.startsWith("|")) parts.push(...text.split("|").map((cell) => cell.trim()));
    } else if (isNewPart || /^(?:[-*]|\d+\.) /.test(text)) {
      parts.push(text.replace(/^(?:[-*]|\d+\.) /, ""));
      isNewPart = false;
    } else parts.push(`${parts.pop()} ${text}`);
  }
  return parts.filter((part) => part !== "").map(asRead);
}

/** The texts of a YAML file that people read: its comments, names, descriptions and labels. */
export function proseOfYaml(yaml: string): string[] {
  const comments = [...yaml.matchAll(/(?:^ *# .*\n)+/gm)].map(([text]) => text.replaceAll(/^ *# ?/gm, ""));
  const texts: string[] = [];
  visit(parseDocument(yaml, { logLevel: "silent" }), {
    Pair(_, { key, value }) {
      const name = String(key);
      const text = (value as { readonly value?: unknown } | null)?.value;
      if (/^(?:name|alias|label|title|description|8080\/tcp)$/.test(name) && typeof text === "string")
        texts.push(text);
    },
  });
  return [...comments, ...texts.flatMap((text) => text.split("\n"))];
}

function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^( *)```[^]*?^\1```$/gm, "");
}

/** The text without marks of emphasis, and with the words of a link in place of the link. */
function asRead(text: string): string {
  return text.replaceAll(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1").replaceAll("*", "");
}
