import type { Comment, Context, Node, Visitor } from "./rule.ts";

/** Text for machines: a query, a page, a style, a file's path, instructions for the tools. */
const FOR_MACHINES =
  /^\s*(?:-- |SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|PRAGMA|WHERE|WITH|<|oxlint-|[.#@:\w-]+\s*\{)/;
/** A comment in SQL, over lines that follow each other. */
const SQL_COMMENT = /-- [^\n]*(?:\n\s*-- [^\n]*)*/g;
/** People read texts of at least two words, such as a sentence, a title or a label. */
const PROSE = /\p{L}\S*\s+\S/u;

/** Calls `found` for each comment and text that people read. Neighbouring line comments count as one. */
export function visitProse(context: Context, found: (text: string, node: Node | Comment) => void): Visitor {
  const check = (text: unknown, node: Node | Comment): void => {
    if (typeof text !== "string" || !PROSE.test(text)) return;
    if (!FOR_MACHINES.test(text)) found(text, node);
    else for (const [comment] of text.matchAll(SQL_COMMENT)) found(comment.replaceAll("-- ", ""), node);
  };
  return {
    Program() {
      for (const { text, comment } of joinLines(context.sourceCode.getAllComments())) check(text, comment);
    },
    Literal: (node) => check(node["value"], node),
    JSXText: (node) => check(node["value"], node),
    TemplateLiteral(node) {
      const texts = (node["quasis"] as readonly { readonly value: { readonly cooked: string } }[]).map(
        ({ value }) => value.cooked,
      );
      check(texts.join("X"), node);
    },
  };
}

/** Joins neighbouring line comments, and removes the stars of block comments. */
function joinLines(comments: readonly Comment[]): { text: string; comment: Comment }[] {
  const joined: { text: string; comment: Comment; last: Comment }[] = [];
  for (const comment of comments) {
    if (comment.type === "Shebang") continue;
    const before = joined.at(-1);
    const isNextLine =
      comment.type === "Line" &&
      before?.last.type === "Line" &&
      before.last.loc.end.line + 1 === comment.loc.start.line &&
      before.last.loc.start.column === comment.loc.start.column;
    if (before !== undefined && isNextLine) {
      before.text += `\n${comment.value}`;
      before.last = comment;
    } else joined.push({ text: comment.value.replaceAll(/^ *\*/gm, ""), comment, last: comment });
  }
  return joined;
}
