/** A fenced block of a document: what stands after its fence, and what it holds. */
export interface CodeBlock {
  /** Path from the repository's root. */
  readonly file: string;
  /** Of its opening fence. */
  readonly line: number;
  readonly language: string;
  /** The word after the language, which no reader sees: what the block is for. Empty where there is none. */
  readonly kind: string;
  /** Without the fence's indentation. */
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

/** For a test's name. */
export function placeOf({ file, line }: CodeBlock): string {
  return `${file}:${line}`;
}
