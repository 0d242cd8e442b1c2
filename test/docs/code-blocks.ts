/** A fenced block of a document: its language, its purpose and its text. */
export interface CodeBlock {
  /** Path from the repository's root. */
  readonly file: string;
  /** The number of the line with its opening fence. */
  readonly line: number;
  readonly language: string;
  /** The word after the language, which readers do not see. It names the purpose of the block, or is empty. */
  readonly kind: string;
  /** The text without the indentation of the fence. */
  readonly text: string;
}

const BLOCK = /^( *)```(\w+) ?(\w*)\n([\s\S]*?)^ *```$/gm;

/** The fenced code blocks of a Markdown text, in order. `file`: the path that they are reported with. */
export function codeBlocks(file: string, markdown: string): CodeBlock[] {
  return [...markdown.matchAll(BLOCK)].map(
    ({ index, 1: indent, 2: language = "", 3: kind = "", 4: text = "" }) => ({
      file,
      line: markdown.slice(0, index).split("\n").length,
      language,
      kind,
      text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
}

/** The place of a block, for the title of a test. */
export function placeOf({ file, line }: CodeBlock): string {
  return `${file}:${line}`;
}
